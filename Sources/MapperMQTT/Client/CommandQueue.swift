// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Synchronization

/// Hands commands from any task to the connection's thread, and wakes it.
///
/// It holds no more commands than there are tasks waiting for them.
@safe final class CommandQueue: Sendable {
    private struct State {
        var commands: [ClientCommand] = []
        var isStopping = false
        var isClosed = false
    }

    private let state = Mutex(State())
    /// The read end of a pipe, readable while there is something to do; the connection's thread polls it.
    let wakeDescriptor: CInt
    private let wakingDescriptor: CInt

    init() throws(MQTTError) {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
            throw MQTTError(.systemFailure, "no pipe for the MQTT client: \(SystemErrors.text(errno))")
        }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        wakeDescriptor = ends[0]
        wakingDescriptor = ends[1]
    }

    deinit {
        Glibc.close(wakeDescriptor)
        Glibc.close(wakingDescriptor)
    }

    /// Adds a command; one that comes after the end is answered at once.
    func add(_ command: ClientCommand) {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.commands.append(command) }
            return state.isClosed
        }
        if isClosed { command.answer(.failure(MQTTError(.stopped, "the MQTT client was stopped"))) } else { wake() }
    }

    /// Asks the thread to end.
    func requestStop() {
        state.withLock { $0.isStopping = true }
        wake()
    }

    /// Whether the thread is asked to end.
    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// Takes all commands and makes the descriptor unreadable again.
    func take() -> [ClientCommand] {
        var bytes = [UInt8](repeating: 0, count: 256)
        while unsafe Glibc.read(wakeDescriptor, &bytes, bytes.count) == bytes.count {}
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

    private func wake() {
        // A full pipe wakes just as well.
        var byte: UInt8 = 1
        _ = unsafe Glibc.write(wakingDescriptor, &byte, 1)
    }
}
