// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension AttributeServer {
    /// Answers which types some handles have.
    func findInformation(_ pdu: [UInt8], in table: AttributeTable) throws(AttributeRefusal) -> [UInt8] {
        guard pdu.count == 5 else { throw .invalidPDU }
        let handles = try range(pdu)
        var items: [[UInt8]] = []
        for attribute in table.attributes(in: handles) {
            guard add(attribute.handle.littleEndianBytes + attribute.type.littleEndianBytes, to: &items) else { break }
        }
        guard let length = items.first?.count else { throw .notFound(from: handles.lowerBound) }
        return [0x05, length == 4 ? 1 : 2] + items.joined()
    }

    /// Answers where attributes with a value are, as a client asks that looks for one service.
    func findByTypeValue(_ pdu: [UInt8], in table: AttributeTable) throws(AttributeRefusal) -> [UInt8] {
        guard pdu.count >= 7 else { throw .invalidPDU }
        let handles = try range(pdu)
        let type = BluetoothUUID(littleEndian: pdu[5..<7])
        let found = table.attributes(in: handles).filter { $0.type == type && $0.value == Array(pdu[7...]) }
        guard !found.isEmpty else { throw .notFound(from: handles.lowerBound) }
        let items = found.prefix((mtu - 1) / 4).map { $0.handle.littleEndianBytes + $0.groupEnd.littleEndianBytes }
        return [0x07] + items.joined()
    }

    /// Answers what the attributes of a type hold.
    func readByType(
        _ pdu: [UInt8],
        in table: AttributeTable,
        _ faults: AttributeFaults
    ) throws(AttributeRefusal) -> [UInt8] {
        let (handles, type) = try rangeAndType(pdu)
        var items: [[UInt8]] = []
        for attribute in table.attributes(in: handles) where attribute.type == type {
            do throws(AttributeRefusal) {
                try checkReading(attribute, faults)
            } catch {
                // An error behind the first is found by the client's next request.
                guard !items.isEmpty else { throw error }
                break
            }
            let item = attribute.handle.littleEndianBytes + value(of: attribute)
            guard add(Array(item.prefix(min(mtu - 2, 255))), to: &items) else { break }
        }
        guard let length = items.first?.count else { throw .notFound(from: handles.lowerBound) }
        return [0x09, UInt8(length)] + items.joined()
    }

    /// Answers which services there are.
    func readByGroupType(_ pdu: [UInt8], in table: AttributeTable) throws(AttributeRefusal) -> [UInt8] {
        let (handles, type) = try rangeAndType(pdu)
        guard type == .primaryService || type == .secondaryService else {
            throw .unsupportedGroup(handles.lowerBound)
        }
        var items: [[UInt8]] = []
        for attribute in table.attributes(in: handles) where attribute.type == type {
            let item = attribute.handle.littleEndianBytes + attribute.groupEnd.littleEndianBytes + attribute.value
            guard add(item, to: &items) else { break }
        }
        guard let length = items.first?.count else { throw .notFound(from: handles.lowerBound) }
        return [0x11, UInt8(length)] + items.joined()
    }

    /// Adds an item to a list; false when it is of another length than those before, or does not fit.
    private func add(_ item: [UInt8], to items: inout [[UInt8]]) -> Bool {
        guard item.count == items.first?.count ?? item.count, (items.count + 1) * item.count <= mtu - 2 else {
            return false
        }
        items.append(item)
        return true
    }

    private func rangeAndType(_ pdu: [UInt8]) throws(AttributeRefusal) -> (ClosedRange<UInt16>, BluetoothUUID) {
        guard pdu.count == 7 || pdu.count == 21, let type = BluetoothUUID(littleEndian: pdu[5...]) else {
            throw .invalidPDU
        }
        return (try range(pdu), type)
    }

    private func range(_ pdu: [UInt8]) throws(AttributeRefusal) -> ClosedRange<UInt16> {
        guard let start = UInt16(littleEndian: pdu, at: 1), let end = UInt16(littleEndian: pdu, at: 3) else {
            throw .invalidPDU
        }
        guard start > 0, start <= end else { throw .invalidHandle(start) }
        return start...end
    }
}
