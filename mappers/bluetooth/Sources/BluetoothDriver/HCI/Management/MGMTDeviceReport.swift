// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what discovery tells of a device (BlueZ mgmt-api, Device Found).
struct MGMTDeviceReport: Hashable, Sendable {
    private static let unknownStrength: Int8 = 127

    var peer: MGMTAddress
    /// In dBm; `nil` when the kernel does not know.
    var strength: Int8?
    /// Whether the device takes connections.
    var isConnectable: Bool
    /// The advertisement's data, with the scan response's behind it.
    var data: [UInt8]
}

extension MGMTDeviceReport {
    /// Takes a report's fields; `nil` when the packet ends before they do.
    init?(_ reader: inout HCIFieldReader) {
        guard let peer = reader.address(), let strength = reader.number(Int8.self),
            let flags = reader.number(UInt32.self), let length = reader.number(UInt16.self),
            let data = reader.bytes(Int(length))
        else { return nil }
        self.init(
            peer: peer,
            strength: strength == Self.unknownStrength ? nil : strength,
            isConnectable: flags & 1 << 2 == 0,
            data: data
        )
    }
}
