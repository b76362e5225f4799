// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells a simulated peripheral what happens to it, while it runs.
struct SimulatorCommand: Hashable, Sendable {
    /// Says what happens.
    enum Action: Hashable, Sendable {
        /// The connection is lost, as when the peripheral goes out of reach for a moment.
        case lose
        /// The peripheral ends the connection.
        case end
        /// The next connections fail to be established.
        case refuse(Int)
        /// Nothing is heard of the peripheral any more.
        case absent
        /// It is back.
        case present
        case set(BluetoothUUID, [UInt8])
        case silent
        /// It answers again.
        case speak
        case slow(Duration)
        /// Requests for a characteristic are answered with an error; with 0 they no longer are.
        case error(BluetoothUUID, UInt8)
        /// Clients without encryption are answered with an error; with 0 they no longer are.
        case protect(BluetoothUUID, UInt8)
        /// Parts of long values come back wrong.
        case spoil
        /// The peripheral ends the connection after some more PDUs.
        case drop(Int)
        /// The attributes get other handles.
        case shift(Int)
        /// What is protected opens.
        case encrypt
        /// The peripheral no longer knows who has paired with it.
        case forget
        case rssi(Int8)
        case advertise([UInt8])
        case parameters(ConnectionParameters)
        /// All faults end.
        case heal
    }

    var address: BluetoothAddress
    var action: Action
}
