// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension AttributeServer {
    /// Answers with the beginning of a value.
    func read(_ pdu: [UInt8], in table: AttributeTable, _ faults: AttributeFaults) throws(AttributeRefusal) -> [UInt8] {
        guard pdu.count == 3 else { throw .invalidPDU }
        let attribute = try attribute(pdu, in: table)
        try checkReading(attribute, faults)
        return [0x0B] + value(of: attribute).prefix(mtu - 1)
    }

    /// Answers with a later part of a value.
    func readBlob(
        _ pdu: [UInt8],
        in table: AttributeTable,
        _ faults: AttributeFaults
    ) throws(AttributeRefusal) -> [UInt8] {
        guard pdu.count == 5, let offset = UInt16(littleEndian: pdu, at: 3) else { throw .invalidPDU }
        let attribute = try attribute(pdu, in: table)
        try checkReading(attribute, faults)
        let value = value(of: attribute)
        guard offset <= value.count else { throw .invalidOffset(attribute.handle) }
        return [0x0D] + value.dropFirst(Int(offset)).prefix(mtu - 1)
    }

    /// What this client sees at a handle.
    func value(of attribute: SimulatedAttribute) -> [UInt8] {
        guard case .subscription = attribute.role else { return attribute.value }
        return (subscriptions[attribute.handle] ?? 0).littleEndianBytes
    }

    /// Finds the attribute that a request names in its first field.
    func attribute(_ pdu: [UInt8], in table: AttributeTable) throws(AttributeRefusal) -> SimulatedAttribute {
        guard let handle = UInt16(littleEndian: pdu, at: 1) else { throw .invalidPDU }
        guard let attribute = table[handle] else { throw .invalidHandle(handle) }
        return attribute
    }

    /// Checks whether the client may read an attribute.
    func checkReading(_ attribute: SimulatedAttribute, _ faults: AttributeFaults) throws(AttributeRefusal) {
        guard attribute.isReadable else { throw .readNotPermitted(attribute.handle) }
        try checkAccess(to: attribute, faults)
    }

    /// Checks what stands in the way of reading and writing alike.
    func checkAccess(to attribute: SimulatedAttribute, _ faults: AttributeFaults) throws(AttributeRefusal) {
        guard attribute.protection == 0 || isEncrypted else {
            throw AttributeRefusal(handle: attribute.handle, code: attribute.protection)
        }
        if let code = faults.errors[attribute.handle] {
            throw AttributeRefusal(handle: attribute.handle, code: code)
        }
    }
}
