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
    }

    /// Becomes readable when there is something to take; -1 when the system has no descriptor left.
    let descriptor: CInt
    private let writer: CInt
    private let state = Mutex(State())

    init() {
        var ends: [CInt] = [-1, -1]
        _ = unsafe pipe(&ends)
        for end in ends where end >= 0 {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (descriptor, writer) = (ends[0], ends[1])
    }

    deinit {
        close(descriptor)
        close(writer)
    }

    /// The peripherals after the last packet or command.
    var peripherals: [SimulatedPeripheral] {
        get { state.withLock { $0.peripherals } }
        set { state.withLock { $0.peripherals = newValue } }
    }

    func send(_ command: SimulatorCommand) {
        state.withLock { $0.commands.append(command) }
        wake()
    }

    func stop() {
        state.withLock { $0.isStopped = true }
        wake()
    }

    /// Takes the commands; `nil` when the simulator is to stop.
    func take() -> [SimulatorCommand]? {
        while let bytes = Packets.read(descriptor), !bytes.isEmpty {}
        return state.withLock { state in
            defer { state.commands = [] }
            return state.isStopped ? nil : state.commands
        }
    }

    /// Does nothing when the pipe is full, as then there is something to read already.
    private func wake() {
        let byte: [UInt8] = [0]
        _ = unsafe write(writer, byte, 1)
    }
}
