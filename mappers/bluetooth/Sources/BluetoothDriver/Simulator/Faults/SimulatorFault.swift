// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one way in which a simulated peripheral fails.
struct SimulatorFault: Hashable, Sendable {
    /// Says what happens.
    enum Effect: Hashable, Sendable {
        /// The link is lost.
        case lose
        /// The next connections fail to be established.
        case refuse(Int)
        /// Nothing is answered.
        case silent
        /// Answers take that long.
        case slow(Duration)
        /// The peripheral is out of reach.
        case absent
        /// Requests for a characteristic are answered with an error.
        case error(BluetoothUUID, UInt8)
        /// The attributes get other handles.
        case shift(Int)
    }

    /// The device it befalls, `name` or `namespace/name`; `nil` for all.
    var device: String?
    var effect: Effect
    var occurrence = FaultOccurrence.always
}

/// Says when a fault shows.
enum FaultOccurrence: Hashable, Sendable {
    case always
    /// At the end of each period, for some time.
    case periodic(Duration, each: Duration)
}
