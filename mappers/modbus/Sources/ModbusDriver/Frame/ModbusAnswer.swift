// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a unit said to a request.
enum ModbusAnswer: Hashable, Sendable {
    /// What was read from a table of bits.
    case bits([Bool])
    /// What was read from a table of registers.
    case registers([UInt16])
    /// A write was done.
    case done
    /// The unit refused.
    case exception(ModbusException)

    var isRefusal: Bool { if case .exception = self { true } else { false } }
}

/// Tells why bytes are no answer to the request that was sent.
struct AnswerMismatch: Error, Hashable, CustomStringConvertible {
    var description: String
}

extension ModbusRequest {
    /// Reads an answer, and refuses what cannot belong to this request.
    func answer(from bytes: [UInt8]) throws(AnswerMismatch) -> ModbusAnswer {
        guard let code = bytes.first else { throw AnswerMismatch(description: "an empty answer") }
        if code == functionCode | 0x80, bytes.count == 2 { return .exception(ModbusException(code: bytes[1])) }
        guard code == functionCode else {
            throw AnswerMismatch(description: "an answer to function \(code & 0x7F) instead of \(functionCode)")
        }
        switch self {
        case .read(let table, let span) where table.holdsBits:
            return .bits(
                Array(PackedBits.bits(in: try data(of: bytes, count: (span.count + 7) / 8)).prefix(span.count))
            )
        case .read(_, let span):
            return .registers(registers(in: try data(of: bytes, count: span.count * 2)))
        case .writeCoils, .writeRegisters, .maskRegister:
            // All write answers repeat the beginning of the request, short ones the whole of it.
            guard bytes == Array(self.bytes.prefix(functionCode == 22 ? 7 : 5)) else {
                throw AnswerMismatch(description: "a confirmation of another write")
            }
            return .done
        }
    }

    private func data(of bytes: [UInt8], count: Int) throws(AnswerMismatch) -> ArraySlice<UInt8> {
        guard bytes.count >= 2, Int(bytes[1]) == count, bytes.count == count + 2 else {
            throw AnswerMismatch(description: "\(max(bytes.count - 2, 0)) bytes of data instead of \(count)")
        }
        return bytes.dropFirst(2)
    }

    private func registers(in data: ArraySlice<UInt8>) -> [UInt16] {
        stride(from: data.startIndex, to: data.endIndex, by: 2).map { UInt16(data[$0]) << 8 | UInt16(data[$0 + 1]) }
    }
}
