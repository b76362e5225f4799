// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a packet of the control channel, in either direction: code, adapter, length, parameters.
struct MGMTPacket: Hashable, Sendable {
    /// The index of packets that are about no single adapter.
    static let noIndex: UInt16 = 0xFFFF

    /// Which command or event it is.
    var code: UInt16
    /// The adapter: 0 for `hci0`.
    var index: UInt16
    var parameters: [UInt8]

    /// The packet as it goes through the socket.
    var bytes: [UInt8] {
        HCIFields.bytes(code) + HCIFields.bytes(index) + HCIFields.bytes(UInt16(truncatingIfNeeded: parameters.count))
            + parameters
    }
}

extension MGMTPacket {
    /// Reads a packet; `nil` when its length is not what it says.
    init?(_ bytes: [UInt8]) {
        var reader = HCIFieldReader(bytes)
        guard let code = reader.number(UInt16.self), let index = reader.number(UInt16.self),
            let length = reader.number(UInt16.self), reader.count == Int(length)
        else { return nil }
        self.init(code: code, index: index, parameters: reader.remainder())
    }
}
