// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension AttributeServer {
    /// Takes a value.
    mutating func write(
        _ pdu: [UInt8],
        to table: inout AttributeTable,
        _ faults: AttributeFaults
    ) throws(AttributeRefusal) -> [UInt8] {
        let attribute = try attribute(pdu, in: table)
        try checkWriting(attribute, faults)
        try store(Array(pdu.dropFirst(3)), at: attribute, in: &table)
        return [0x13]
    }

    /// Takes a value without a word; what is not permitted is ignored.
    mutating func writeCommand(_ pdu: [UInt8], to table: inout AttributeTable) {
        guard let attribute = try? attribute(pdu, in: table), attribute.isWritableWithoutResponse,
            attribute.protection == 0 || isEncrypted
        else { return }
        try? store(Array(pdu.dropFirst(3)), at: attribute, in: &table)
    }

    /// Keeps a part of a value, and sends it back for the client to compare.
    mutating func prepare(
        _ pdu: [UInt8],
        in table: AttributeTable,
        _ faults: AttributeFaults
    ) throws(AttributeRefusal) -> [UInt8] {
        guard let offset = UInt16(littleEndian: pdu, at: 3) else { throw .invalidPDU }
        let attribute = try attribute(pdu, in: table)
        try checkWriting(attribute, faults)
        guard prepared.count < Self.queueCapacity else { throw .queueFull(attribute.handle) }
        prepared.append(Prepared(handle: attribute.handle, offset: offset, part: Array(pdu.dropFirst(5))))
        var echo = [0x17] + pdu.dropFirst()
        if faults.spoilsEcho { echo[echo.count - 1] ^= 0xFF }
        return echo
    }

    /// Writes the parts that were kept, or forgets them.
    ///
    /// All parts are checked before the first is written; an error forgets them, as Core Specification,
    /// Vol 3 Part F 3.4.6.3 wants it.
    mutating func execute(_ pdu: [UInt8], on table: inout AttributeTable) throws(AttributeRefusal) -> [UInt8] {
        guard pdu.count == 2, pdu[1] <= 1 else { throw .invalidPDU }
        let parts = prepared
        prepared = []
        guard pdu[1] == 1 else { return [0x19] }
        var values: [UInt16: [UInt8]] = [:]
        for part in parts {
            guard let attribute = table[part.handle] else { throw .invalidHandle(part.handle) }
            let value = values[part.handle] ?? attribute.value
            guard part.offset <= value.count else { throw .invalidOffset(part.handle) }
            let written = value.prefix(Int(part.offset)) + part.part
            guard written.count <= attribute.maximumLength else { throw .invalidLength(part.handle) }
            values[part.handle] = Array(written)
        }
        for (handle, value) in values {
            if let attribute = table[handle] { try store(value, at: attribute, in: &table) }
        }
        return [0x19]
    }

    private func checkWriting(_ attribute: SimulatedAttribute, _ faults: AttributeFaults) throws(AttributeRefusal) {
        guard attribute.isWritable else { throw .writeNotPermitted(attribute.handle) }
        try checkAccess(to: attribute, faults)
    }

    private mutating func store(
        _ value: [UInt8],
        at attribute: SimulatedAttribute,
        in table: inout AttributeTable
    ) throws(AttributeRefusal) {
        if case .subscription(let handle) = attribute.role {
            try subscribe(value, to: handle, at: attribute.handle, in: table)
        } else {
            guard value.count <= attribute.maximumLength else { throw .invalidLength(attribute.handle) }
            table.set(value, at: attribute.handle)
        }
    }

    /// Keeps what the client wishes to be told; refuses what the characteristic cannot do.
    private mutating func subscribe(
        _ value: [UInt8],
        to target: UInt16,
        at handle: UInt16,
        in table: AttributeTable
    ) throws(AttributeRefusal) {
        guard value.count == 2, let wish = UInt16(littleEndian: value) else { throw .invalidLength(handle) }
        guard case .value(let properties)? = table[target]?.role,
            wish & 1 == 0 || properties.contains(.notify), wish & 2 == 0 || properties.contains(.indicate)
        else { throw .improperConfiguration(handle) }
        subscriptions[handle] = wish
    }
}
