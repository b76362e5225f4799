// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A socket that takes connections and never says a word.
final class SilentSocket {
    let path: String
    private let file: Int32

    struct CannotListen: Error {}

    init(_ path: String) throws {
        self.path = path
        file = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            for (place, byte) in path.utf8.enumerated() where place < bytes.count - 1 { bytes[place] = byte }
        }
        let isBound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(file, address, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isBound, listen(file, 8) == 0 else { throw CannotListen() }
    }

    deinit { close(file) }
}
