// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Hands commands from any task to the connection's thread, and wakes it.
///
/// It holds no more commands than there are tasks waiting for them.
final class CommandQueue: Sendable {
    private struct State {
        var commands: [ClientCommand] = []
        var isStopping = false
        var isClosed = false
    }

    private let state = Mutex(State())
    private let pipe: WakePipe

    init() throws(MQTTError) {
        pipe = try WakePipe()
    }

    /// Readable while there is something to do; the connection's thread polls it.
    var wakeDescriptor: CInt { pipe.descriptor }

    /// Adds a command; one that comes after the end is answered at once.
    func add(_ command: ClientCommand) {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.commands.append(command) }
            return state.isClosed
        }
        if isClosed {
            command.answer(.failure(MQTTError(.stopped, "the MQTT client was stopped")))
        } else {
            pipe.wake()
        }
    }

    /// Asks the thread to end.
    func requestStop() {
        state.withLock { $0.isStopping = true }
        pipe.wake()
    }

    /// Whether the thread is asked to end.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Takes all commands and makes the descriptor unreadable again.
    func take() -> [ClientCommand] {
        pipe.drain()
        return state.withLock { state in
            defer { state.commands = [] }
            return state.commands
        }
    }

    /// Ends the queue and takes what is left.
    func close() -> [ClientCommand] {
        state.withLock { state in
            state.isClosed = true
            defer { state.commands = [] }
            return state.commands
        }
    }
}
