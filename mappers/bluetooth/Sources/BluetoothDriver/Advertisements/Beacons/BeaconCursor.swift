// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Reads a beacon's data from its beginning; every step throws at its end instead of passing it.
struct BeaconCursor {
    let format: BeaconFormat
    /// What is not yet read.
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: some Collection<UInt8>, format: BeaconFormat) {
        rest = Array(bytes)[...]
        self.format = format
    }

    mutating func bytes(_ count: Int) throws(BeaconError) -> [UInt8] {
        guard count >= 0, rest.count >= count else { throw .truncated(format) }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func byte() throws(BeaconError) -> UInt8 {
        guard let byte = rest.popFirst() else { throw .truncated(format) }
        return byte
    }

    /// Takes up to 7 bytes, the least significant first.
    mutating func little(_ count: Int) throws(BeaconError) -> Int64 { Self.number(try bytes(count).reversed()) }

    mutating func signedLittle(_ count: Int) throws(BeaconError) -> Int64 {
        Self.signed(try little(count), bytes: count)
    }

    /// Takes up to 7 bytes, the most significant first.
    mutating func big(_ count: Int) throws(BeaconError) -> Int64 { Self.number(try bytes(count)) }

    mutating func signedBig(_ count: Int) throws(BeaconError) -> Int64 { Self.signed(try big(count), bytes: count) }

    /// Takes an address with its last written byte first.
    mutating func reversedAddress() throws(BeaconError) -> BluetoothAddress {
        guard let address = BluetoothAddress(littleEndian: try bytes(6)) else { throw .truncated(format) }
        return address
    }

    private static func number(_ bytes: [UInt8]) -> Int64 { bytes.reduce(0) { $0 << 8 | Int64($1) } }

    private static func signed(_ number: Int64, bytes: Int) -> Int64 {
        let unused = 64 - 8 * bytes
        return (number << unused) >> unused
    }
}
