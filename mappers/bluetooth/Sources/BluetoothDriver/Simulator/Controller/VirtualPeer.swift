// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is an address as the host and its controller tell each other: first its kind, then its six bytes.
struct VirtualPeer: Hashable, Sendable {
    var kind: BluetoothAddress.Kind
    var address: BluetoothAddress

    init(_ address: BluetoothAddress, _ kind: BluetoothAddress.Kind) {
        self.kind = kind
        self.address = address
    }

    /// Reads the seven bytes at an offset; `nil` where there are none.
    init?(octetsAt offset: Int, of bytes: [UInt8]) {
        guard bytes.count >= offset + 7, let address = BluetoothAddress(littleEndian: bytes[offset + 1..<offset + 7])
        else { return nil }
        self.init(address, bytes[offset] & 1 == 0 ? .public : .random)
    }

    var octets: [UInt8] { [kind == .public ? 0 : 1] + address.littleEndianBytes }
}
