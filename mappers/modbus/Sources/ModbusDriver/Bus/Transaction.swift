// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one request to one unit, with the time the unit has to answer.
struct Transaction: Hashable, Sendable {
    var unit: UInt8
    var request: ModbusRequest
    var timeout: Duration

    /// The answer in a message.
    ///
    /// A link asks before it takes the exchange for done: what does not fit may be the answer to an earlier request,
    /// and the proper one still on its way.
    func answer(from message: [UInt8]) throws(BusFault) -> ModbusAnswer {
        do throws(AnswerMismatch) {
            return try request.answer(from: message)
        } catch {
            throw .malformed(error.description)
        }
    }
}
