// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one request to one unit, with the time the unit has to answer.
struct Transaction: Hashable, Sendable {
    var unit: UInt8
    var request: ModbusRequest
    /// How long the unit may take to answer; what the frames take on the line comes on top.
    var timeout: Duration
    /// How long the unit may take at most, where the request waits for less: its answer can still come until then.
    ///
    /// `nil` for as long as the request waits.
    var longestAnswer: Duration?
    /// How long the bus rests before the request.
    var pause = Duration.zero
    /// How long the bus rests before the request when it served another unit last.
    var switchPause = Duration.zero
    /// How often a read without a proper answer is sent again.
    var retries = 0
    /// When the answer is needed; among reads the most urgent goes first.
    ///
    /// `nil` counts as the moment of asking.
    var deadline: ContinuousClock.Instant?
    /// What it is a part of.
    var role = Role.reading

    /// Says what a transaction is a part of.
    enum Role: Hashable, Sendable {
        /// Of a reading on schedule.
        case reading
        /// Of a command, of which more follows at once.
        case command
        /// Of a command, as its last part.
        case endOfCommand
    }

    /// Whether it goes before all that are not pressing.
    var isPressing: Bool { request.isWrite || role != .reading }

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
