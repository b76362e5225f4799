// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
import CLibBluetooth
import Glibc

/// Is a connection inside this process that keeps packets apart; both ends belong to whoever made it.
struct SocketPair {
    let client: CInt
    let server: CInt

    init() throws {
        var ends: [CInt] = [-1, -1]
        let type = CInt(SOCK_SEQPACKET.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        guard unsafe socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw FuzzFinding("no socket: error \(errno)") }
        (client, server) = (ends[0], ends[1])
    }
}
#endif
