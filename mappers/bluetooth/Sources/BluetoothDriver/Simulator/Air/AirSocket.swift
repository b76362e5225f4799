// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc

/// Opens the Unix socket of a simulated air.
enum AirSocket {
    /// Listens at a path; a socket that nobody listens at any more is replaced.
    static func listen(at path: String) throws(SimulatorProblem) -> CInt {
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: sockaddr_un().sun_path) else {
            throw SimulatorProblem(what: "the path '\(path)' is too long for a socket", number: ENAMETOOLONG)
        }
        guard !isServed(path) else {
            throw SimulatorProblem(what: "'\(path)': another simulator listens there", number: EADDRINUSE)
        }
        let descriptor = socket(AF_UNIX, CInt(SOCK_SEQPACKET.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw .last("no socket") }
        if isSocket(path) { _ = unsafe unlink(path) }
        guard unsafe call(descriptor, path, { unsafe bind($0, $1, $2) }), Glibc.listen(descriptor, 64) == 0 else {
            let problem = SimulatorProblem.last("nobody can listen at '\(path)'")
            close(descriptor)
            throw problem
        }
        return descriptor
    }

    private static func isServed(_ path: String) -> Bool {
        let descriptor = socket(AF_UNIX, CInt(SOCK_SEQPACKET.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
        defer { close(descriptor) }
        guard descriptor >= 0 else { return false }
        return unsafe call(descriptor, path) { unsafe connect($0, $1, $2) }
    }

    /// What is no socket is nobody's to remove.
    private static func isSocket(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }

    private static func call(
        _ descriptor: CInt,
        _ path: String,
        _ function: (CInt, UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        return unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe function(descriptor, $0, length) == 0
            }
        }
    }
}
