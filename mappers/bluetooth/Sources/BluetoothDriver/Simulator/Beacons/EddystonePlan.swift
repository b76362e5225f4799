// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Makes the frames of an Eddystone beacon.
struct EddystonePlan {
    let format: BeaconFormat
    let fields: [String: PlannedField]
    let identity: [UInt8]

    /// The fields of each format.
    static let formats: [(format: BeaconFormat, fields: Set<BeaconField>)] = [
        (.eddystoneUID, [.namespace, .instance]), (.eddystoneURL, [.url]), (.eddystoneEID, [.ephemeralID]),
        (.eddystoneTLM, [.advertisementCount, .uptime]),
    ]

    /// The service's data.
    /// - Parameter number: How many advertisements were sent before.
    func data(at seconds: Double, number: UInt32) -> [UInt8] {
        let power = BeaconFramePlan.big(fields["txPower"]?.number(at: seconds) ?? -18, 1)
        switch format {
        case .eddystoneUID: return [0x00] + power + identity.prefix(16) + [0, 0]
        // https://example. and the byte for "com".
        case .eddystoneURL: return [0x10] + power + [0x03] + "example".utf8 + [0x07]
        case .eddystoneEID: return [0x30] + power + identity.prefix(8)
        default:
            let volts = fields["voltage"]?.number(at: seconds) ?? 3
            let degrees = fields["temperature"]?.number(at: seconds) ?? 20
            let numbers = BeaconFramePlan.big(volts * 1000, 2) + BeaconFramePlan.big(degrees * 256, 2)
            return [0x20, 0x00] + numbers + BeaconFramePlan.big(Double(number) + 1, 4)
                + BeaconFramePlan.big(seconds * 10, 4)
        }
    }
}
