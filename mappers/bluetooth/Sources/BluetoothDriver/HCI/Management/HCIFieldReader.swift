// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Takes the fields of a packet one after the other, the least significant byte first, as HCI and MGMT write them.
struct HCIFieldReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: some Sequence<UInt8>) {
        rest = ArraySlice(Array(bytes))
    }

    /// How many bytes are left.
    var count: Int { rest.count }

    /// Takes a number; `nil` when the packet ends before it does.
    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) -> Number? {
        guard let bytes = bytes(Number.bitWidth / 8) else { return nil }
        return bytes.reversed().reduce(0) { $0 << 8 | Number(truncatingIfNeeded: $1) }
    }

    /// Takes so many bytes; `nil` when there are fewer.
    mutating func bytes(_ count: Int) -> [UInt8]? {
        guard count >= 0, rest.count >= count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    /// Takes a text that fills a field of fixed size and ends at the first zero.
    mutating func text(_ size: Int) -> String? {
        bytes(size).map { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// Takes an address with its type; `nil` also when the type is none that is known.
    mutating func address() -> MGMTAddress? {
        guard let bytes = bytes(6), let address = BluetoothAddress(littleEndian: bytes),
            let type = number(UInt8.self).flatMap(MGMTAddress.Form.init)
        else { return nil }
        return MGMTAddress(address: address, form: type)
    }

    /// Takes whatever is left.
    mutating func remainder() -> [UInt8] {
        defer { rest = [] }
        return Array(rest)
    }
}
