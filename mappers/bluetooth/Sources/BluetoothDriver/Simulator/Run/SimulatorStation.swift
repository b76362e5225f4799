// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Plays simulated peripherals behind a descriptor that carries packets, without knowing the descriptor.
protocol SimulatorStation: Sendable {
    /// The peripherals as they are now.
    var peripherals: [SimulatedPeripheral] { get }
    /// Which adapter of the machine it is; `nil` when it is none, or does not know it yet.
    var adapterIndex: UInt16? { get }
    /// When the station does something next by itself; `nil` when only a packet or a command can move it.
    var nextDue: Duration? { get }
    /// Whether the other side has nothing more to expect.
    var isFinished: Bool { get }

    /// Takes a packet from the other side.
    mutating func receive(_ packet: [UInt8], at now: Duration)
    /// Lets something happen to a peripheral.
    mutating func apply(_ command: SimulatorCommand, at now: Duration)
    /// Does what is due.
    mutating func advance(to now: Duration)
    /// Takes the packets that are to be sent.
    mutating func takePackets() -> [[UInt8]]
}
