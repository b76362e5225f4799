// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking
import Foundation

/// Asks the system about ports of the loopback interface.
enum LoopbackPort {
    /// A port that nobody has at this moment.
    static func free() throws -> UInt16 {
        try withSocket { socket in
            var address = Self.address(port: 0)
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let result = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                    bind(socket, generic, length) | getsockname(socket, generic, &length)
                }
            }
            guard result == 0 else { throw BenchmarkFailure("no port is free") }
            return UInt16(bigEndian: address.sin_port)
        }
    }

    /// Whether somebody listens on a port.
    static func isOpen(_ port: UInt16) throws -> Bool {
        try withSocket { socket in
            var address = Self.address(port: port)
            return withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                    connect(socket, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
        }
    }

    private static func withSocket<Result>(_ body: (Int32) throws -> Result) throws -> Result {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw BenchmarkFailure("no socket") }
        defer { close(descriptor) }
        return try body(descriptor)
    }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
