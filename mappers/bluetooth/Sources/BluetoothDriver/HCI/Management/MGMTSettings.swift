// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what an adapter can do, or is set to do (BlueZ mgmt-api, Read Controller Information).
struct MGMTSettings: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    static let powered = MGMTSettings(rawValue: 1 << 0)
    static let connectable = MGMTSettings(rawValue: 1 << 1)
    static let discoverable = MGMTSettings(rawValue: 1 << 3)
    static let bondable = MGMTSettings(rawValue: 1 << 4)
    static let simplePairing = MGMTSettings(rawValue: 1 << 6)
    static let classic = MGMTSettings(rawValue: 1 << 7)
    static let lowEnergy = MGMTSettings(rawValue: 1 << 9)
    static let advertising = MGMTSettings(rawValue: 1 << 10)
    static let secureConnections = MGMTSettings(rawValue: 1 << 11)
    static let privacy = MGMTSettings(rawValue: 1 << 13)
    static let configuration = MGMTSettings(rawValue: 1 << 14)
    static let staticAddress = MGMTSettings(rawValue: 1 << 15)
}
