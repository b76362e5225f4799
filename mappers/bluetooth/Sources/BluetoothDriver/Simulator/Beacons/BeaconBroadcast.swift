// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a beacon advertises, frame by frame.
struct BeaconBroadcast: Sendable {
    /// How often values change; a frame is repeated until then, as beacons do.
    static let interval = Duration.seconds(1)

    /// Sent in turn.
    var frames: [BeaconFramePlan]

    /// The whole advertisement for a moment.
    /// - Parameter number: How many were sent before.
    func data(at now: Duration, number: UInt32) -> [UInt8] {
        guard !frames.isEmpty else { return [0x02, 0x01, 0x06] }
        let step = Int((now / Self.interval).rounded(.down))
        let frame = frames[Int(number) % frames.count]
        return [0x02, 0x01, 0x06] + frame.structure(at: step, number: number)
    }
}
