// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import Synchronization

/// Hands commands to the thread of a simulator, and what the peripherals have become back.
final class SimulatorInbox: Sendable {
    private struct State {
        var commands: [SimulatorCommand] = []
        var isStopped = false
        var peripherals: [SimulatedPeripheral] = []
        var adapterIndex: UInt16?
    }

    /// Becomes readable when there is something to take; -1 when the system has no descriptor left.
    var descriptor: CInt { pipe.descriptor }
    private let pipe = WakePipe()
    private let state = Mutex(State())

    /// The peripherals after the last packet or command.
    var peripherals: [SimulatedPeripheral] {
        get { state.withLock { $0.peripherals } }
        set { state.withLock { $0.peripherals = newValue } }
    }

    /// Which adapter of the machine the simulator is, once it knows.
    var adapterIndex: UInt16? {
        get { state.withLock { $0.adapterIndex } }
        set { state.withLock { $0.adapterIndex = newValue } }
    }

    func send(_ command: SimulatorCommand) {
        state.withLock { $0.commands.append(command) }
        pipe.wake()
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        pipe.wake()
    }

    /// Takes the commands; `nil` when the simulator is to stop.
    func take() -> [SimulatorCommand]? {
        while let bytes = Packets.read(descriptor), !bytes.isEmpty {}
        return state.withLock { state in
            defer { state.commands = [] }
            return state.isStopped ? nil : state.commands
        }
    }
}
