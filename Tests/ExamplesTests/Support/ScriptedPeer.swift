// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProgramTesting
import Synchronization

/// Is a TCP server that does with each question what a script says.
final class ScriptedPeer {
    /// What comes of one question.
    enum Reply {
        /// Text, as it is.
        case say(String)
        /// Bytes, as they are.
        case bytes([UInt8])
        /// Nothing; the answer comes before the one to the next question on the same connection.
        case late(String)
        /// Nothing at all.
        case silence
        /// The end of the connection.
        case hangUp
    }

    private struct State {
        var script: [Reply]
        var questions: [String] = []
        var clients: [Int32] = []
        var connections = 0
    }

    let port: UInt16
    private let socket: LoopbackSocket
    private let state: Mutexed<State>

    /// Answers one question after the other, in order, and hangs up on all others.
    init(_ replies: [Reply]) throws {
        socket = try LoopbackSocket()
        port = try socket.bindToAnyPort()
        guard listen(socket.descriptor, 8) == 0 else { throw CocoaError(.fileReadUnknown) }
        state = Mutexed(State(script: replies))
        // Whoever still accepts must have the socket: its number would soon be another one's.
        let (socket, state) = (socket, state)
        Thread.detachNewThread {
            while case let client = accept(socket.descriptor, nil, nil), client >= 0 {
                state.value.withLock { state in
                    state.connections += 1
                    state.clients.append(client)
                }
                Thread.detachNewThread { Self.serve(client, state) }
            }
        }
    }

    deinit {
        // Ends the waiting in accept.
        shutdown(socket.descriptor, Int32(SHUT_RDWR))
    }

    var questions: [String] { state.value.withLock(\.questions) }
    var connections: Int { state.value.withLock(\.connections) }

    /// Says something on all connections.
    func sayUnasked(_ text: String) {
        state.value.withLock { state in
            for client in state.clients { _ = send(client, text, text.utf8.count, Int32(MSG_NOSIGNAL)) }
        }
    }

    /// Ends all connections.
    func hangUpOnAll() {
        state.value.withLock { state in
            for client in state.clients { shutdown(client, Int32(SHUT_RDWR)) }
        }
    }

    private static func serve(_ client: Int32, _ state: Mutexed<State>) {
        defer {
            state.value.withLock { state in
                state.clients.removeAll { $0 == client }
                _ = close(client)
            }
        }
        var owed: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while case let count = recv(client, &buffer, buffer.count, 0), count > 0 {
            let question = String(decoding: buffer.prefix(count - 1), as: UTF8.self)
            let reply = state.value.withLock { state in
                state.questions.append(question)
                return state.script.isEmpty ? Reply.hangUp : state.script.removeFirst()
            }
            var bytes = owed
            owed = []
            switch reply {
            case .say(let text): bytes += Array(text.utf8)
            case .bytes(let more): bytes += more
            case .late(let text): owed = Array(text.utf8)
            case .silence: break
            case .hangUp: return
            }
            guard send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { return }
        }
    }
}
