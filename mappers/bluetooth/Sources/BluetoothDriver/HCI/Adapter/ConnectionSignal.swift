// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is how strong a connection's radio is.
struct ConnectionSignal: Hashable, Sendable {
    /// What the kernel writes when it does not know.
    private static let unknown: Int8 = 127

    var peer: MGMTAddress
    /// What arrives here, in dBm.
    var strength: Int8?
    /// What is sent from here, in dBm.
    var transmitPower: Int8?
    var maximumTransmitPower: Int8?

    /// Reads the answer to Get Connection Information; `nil` when it is too short.
    init?(parameters: [UInt8]) {
        var reader = HCIFieldReader(parameters)
        guard let peer = reader.address(), let strength = reader.number(Int8.self),
            let power = reader.number(Int8.self), let maximum = reader.number(Int8.self)
        else { return nil }
        self.peer = peer
        self.strength = Self.known(strength)
        transmitPower = Self.known(power)
        maximumTransmitPower = Self.known(maximum)
    }

    private static func known(_ value: Int8) -> Int8? { value == unknown ? nil : value }
}
