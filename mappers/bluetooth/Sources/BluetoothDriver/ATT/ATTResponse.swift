// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a server answered.
enum ATTResponse: Hashable, Sendable {
    /// The server's MTU.
    case mtu(UInt16)
    /// Attributes with their types.
    case information([Information])
    /// Services that were looked for.
    case ranges([HandleRange])
    /// Attributes of a type with their values, cut off where they were too long.
    case attributes([Attribute])
    /// The value, or a part of it, of one attribute.
    case value([UInt8])
    /// Groups with their values.
    case groups([Group])
    /// What the server has put aside for writing.
    case prepared(handle: UInt16, offset: Int, [UInt8])
    /// It was done.
    case done

    struct Information: Hashable, Sendable {
        var handle: UInt16
        var type: BluetoothUUID
    }

    struct Attribute: Hashable, Sendable {
        var handle: UInt16
        var value: [UInt8]
    }

    struct Group: Hashable, Sendable {
        var range: HandleRange
        var value: [UInt8]
    }
}

extension ATTRequest {
    /// Reads a PDU as the answer to this request.
    ///
    /// Handles in lists have to rise and to lie in the range that was asked for: a server that went back would have a
    /// client go round in circles. Ranges must not overlap either: everything in them would be found many times.
    /// - Returns: the answer; `nil` for what cannot be one.
    func response(from pdu: [UInt8]) -> ATTResponse? {
        guard let opcode = pdu.first, opcode == self.opcode + 1 else { return nil }
        let body = pdu.dropFirst()
        switch self {
        case .exchangeMTU: return body.count == 2 ? UInt16(littleEndian: body).map { .mtu($0) } : nil
        case .findInformation(let range): return Self.information(body, in: range)
        case .findByTypeValue(let range, _, _): return Self.ranges(body, in: range)
        case .readByType(let range, _): return Self.attributes(body, in: range)
        case .readByGroupType(let range, _): return Self.groups(body, in: range)
        case .read, .readBlob: return .value(Array(body))
        case .write, .executeWrite: return body.isEmpty ? .done : nil
        case .prepareWrite:
            guard let handle = UInt16(littleEndian: body), let offset = UInt16(littleEndian: body, at: 2) else {
                return nil
            }
            return .prepared(handle: handle, offset: Int(offset), Array(body.dropFirst(4)))
        }
    }

    private static func information(_ body: ArraySlice<UInt8>, in range: HandleRange) -> ATTResponse? {
        guard let format = body.first, [1, 2].contains(format) else { return nil }
        let entries = entries(body.dropFirst(), of: format == 1 ? 4 : 18).map { entries in
            entries.compactMap { entry -> ATTResponse.Information? in
                guard let handle = UInt16(littleEndian: entry) else { return nil }
                return BluetoothUUID(littleEndian: entry.dropFirst(2)).map { .init(handle: handle, type: $0) }
            }
        }
        guard let entries, rise(entries.map(\.handle), in: range) else { return nil }
        return .information(entries)
    }

    private static func ranges(_ body: ArraySlice<UInt8>, in range: HandleRange) -> ATTResponse? {
        let found = entries(body, of: 4)?.compactMap { Self.range($0) }
        guard let found, follow(found, in: range) else { return nil }
        return .ranges(found)
    }

    private static func attributes(_ body: ArraySlice<UInt8>, in range: HandleRange) -> ATTResponse? {
        guard let length = body.first, length >= 2 else { return nil }
        let found = entries(body.dropFirst(), of: Int(length))?.compactMap { entry in
            UInt16(littleEndian: entry).map {
                ATTResponse.Attribute(handle: $0, value: Array(entry.dropFirst(2)))
            }
        }
        guard let found, rise(found.map(\.handle), in: range) else { return nil }
        return .attributes(found)
    }

    private static func groups(_ body: ArraySlice<UInt8>, in range: HandleRange) -> ATTResponse? {
        guard let length = body.first, length >= 4 else { return nil }
        let found = entries(body.dropFirst(), of: Int(length))?.compactMap { entry in
            Self.range(entry).map { ATTResponse.Group(range: $0, value: Array(entry.dropFirst(4))) }
        }
        guard let found, follow(found.map(\.range), in: range) else { return nil }
        return .groups(found)
    }

    private static func range(_ entry: ArraySlice<UInt8>) -> HandleRange? {
        guard let first = UInt16(littleEndian: entry), let last = UInt16(littleEndian: entry, at: 2) else {
            return nil
        }
        return HandleRange(first: first, last: last)
    }

    /// Cuts a list into entries of one length; `nil` when there is none, or something is left over.
    private static func entries(_ list: ArraySlice<UInt8>, of length: Int) -> [ArraySlice<UInt8>]? {
        guard !list.isEmpty, list.count.isMultiple(of: length) else { return nil }
        return stride(from: list.startIndex, to: list.endIndex, by: length).map { list[$0..<$0 + length] }
    }

    private static func follow(_ ranges: [HandleRange], in range: HandleRange) -> Bool {
        ranges.allSatisfy { range.contains($0.first) && !$0.isEmpty }
            && zip(ranges, ranges.dropFirst()).allSatisfy { $0.last < $1.first }
    }

    private static func rise(_ handles: [UInt16], in range: HandleRange) -> Bool {
        handles.allSatisfy(range.contains) && zip(handles, handles.dropFirst()).allSatisfy { $0 < $1 }
    }
}
