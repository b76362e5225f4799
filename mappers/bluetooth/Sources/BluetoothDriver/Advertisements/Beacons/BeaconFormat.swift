// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names what a beacon's data is written in.
enum BeaconFormat: String, CaseIterable, Hashable, Sendable {
    /// Apple's proximity beacon.
    case iBeacon
    /// Eddystone: who the beacon is.
    case eddystoneUID
    /// Eddystone: a web address.
    case eddystoneURL
    /// Eddystone: how the beacon is.
    case eddystoneTLM
    /// Eddystone: who the beacon is, in a form that changes.
    case eddystoneEID
    /// BTHome, version 2.
    case bthome
    /// Xiaomi MiBeacon.
    case miBeacon
    /// The thermometer firmware of atc1441.
    case atc
    /// The "custom" format of the thermometer firmware of pvvx.
    case pvvx
}

extension BeaconFormat: CustomStringConvertible {
    /// As its owner writes it.
    var description: String {
        switch self {
        case .iBeacon: "iBeacon"
        case .eddystoneUID: "Eddystone-UID"
        case .eddystoneURL: "Eddystone-URL"
        case .eddystoneTLM: "Eddystone-TLM"
        case .eddystoneEID: "Eddystone-EID"
        case .bthome: "BTHome"
        case .miBeacon: "MiBeacon"
        case .atc: "ATC"
        case .pvvx: "pvvx"
        }
    }
}
