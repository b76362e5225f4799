// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one question or order to a unit, and knows what a proper answer to it looks like.
enum ModbusRequest: Hashable, Sendable {
    case read(RegisterTable, AddressSpan)
    /// `asList`: with function 15 even if it is only one.
    case writeCoils(first: Int, [Bool], asList: Bool = false)
    /// `asList`: with function 16 even if it is only one.
    case writeRegisters(first: Int, [UInt16], asList: Bool = false)
    case maskRegister(Int, and: UInt16, or: UInt16)

    var isWrite: Bool {
        if case .read = self { false } else { true }
    }

    /// The code the protocol has for it.
    ///
    /// One value is written with the single forms 5 and 6, which nearly every device knows, unless told otherwise.
    var functionCode: UInt8 {
        switch self {
        case .read(.coil, _): 1
        case .read(.discreteInput, _): 2
        case .read(.holding, _): 3
        case .read(.input, _): 4
        case .writeCoils(_, let values, let asList): values.count == 1 && !asList ? 5 : 15
        case .writeRegisters(_, let values, let asList): values.count == 1 && !asList ? 6 : 16
        case .maskRegister: 22
        }
    }

    /// The table and addresses it touches.
    var target: (table: RegisterTable, span: AddressSpan) {
        switch self {
        case .read(let table, let span): (table, span)
        case .writeCoils(let first, let values, _): (.coil, AddressSpan(first: first, count: values.count))
        case .writeRegisters(let first, let values, _): (.holding, AddressSpan(first: first, count: values.count))
        case .maskRegister(let address, _, _): (.holding, AddressSpan(first: address, count: 1))
        }
    }

    /// What it touches, for people: `holding registers 100…101`.
    var subject: String {
        let (table, span) = target
        return "\(span.count == 1 ? table.singular : table.plural) \(span)"
    }

    /// The request without address and checksum.
    var bytes: [UInt8] {
        switch self {
        case .read(_, let span): head(span.first) + UInt16(span.count).bigEndianBytes
        case .writeCoils(let first, let values, _):
            functionCode == 5
                ? head(first) + (values[0] ? [0xFF, 0x00] : [0x00, 0x00])
                : head(first) + counted(values.count, PackedBits.bytes(of: values))
        case .writeRegisters(let first, let values, _):
            functionCode == 6
                ? head(first) + values[0].bigEndianBytes
                : head(first) + counted(values.count, values.flatMap(\.bigEndianBytes))
        case .maskRegister(let address, let and, let or): head(address) + and.bigEndianBytes + or.bigEndianBytes
        }
    }

    private func head(_ address: Int) -> [UInt8] { [functionCode] + UInt16(address).bigEndianBytes }

    private func counted(_ count: Int, _ data: [UInt8]) -> [UInt8] {
        UInt16(count).bigEndianBytes + [UInt8(data.count)] + data
    }
}

extension UInt16 {
    /// Most significant byte first, as everything in the protocol.
    var bigEndianBytes: [UInt8] { [UInt8(self >> 8), UInt8(self & 0xFF)] }
}
