// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import Synchronization

/// Accepts every connection, reads nothing and never says a word.
final class SilentListener {
    let port: UInt16
    private let socket: LoopbackSocket
    private let thread: Thread

    init() throws {
        socket = try LoopbackSocket()
        port = try socket.bindToAnyPort()
        guard listen(socket.descriptor, 64) == 0 else { throw CocoaError(.fileReadUnknown) }
        let descriptor = socket.descriptor
        thread = Thread {
            var clients: [Int32] = []
            while true {
                let client = accept(descriptor, nil, nil)
                if client < 0 { break }
                clients.append(client)
            }
            for client in clients { close(client) }
        }
        thread.start()
    }

    deinit {
        // Ends the waiting in accept.
        shutdown(socket.descriptor, Int32(SHUT_RDWR))
    }
}
