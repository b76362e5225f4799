// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A TCP socket of the loopback interface.
package final class LoopbackSocket: Sendable {
    package let descriptor: Int32

    package convenience init() throws { try self.init(SOCK_STREAM) }

    private init(_ kind: __socket_type) throws {
        descriptor = socket(AF_INET, Int32(kind.rawValue), 0)
        guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
    }

    deinit { close(descriptor) }

    /// A port that nobody has at this moment.
    package static func freePort() throws -> UInt16 { try LoopbackSocket().bindToAnyPort() }

    /// A port for datagrams that nobody has at this moment.
    package static func freeDatagramPort() throws -> UInt16 { try LoopbackSocket(SOCK_DGRAM).bindToAnyPort() }

    /// Takes a free port.
    package func bindToAnyPort() throws -> UInt16 {
        var address = Self.address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) | getsockname(descriptor, generic, &length)
            }
        }
        guard result == 0 else { throw CocoaError(.fileReadUnknown) }
        return UInt16(bigEndian: address.sin_port)
    }

    /// Whether somebody listens on a port.
    package static func isOpen(_ port: UInt16) -> Bool { (try? LoopbackSocket())?.connect(to: port) ?? false }

    /// Connects; false when nobody listens.
    package func connect(to port: UInt16) -> Bool {
        var address = Self.address(port: port)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                Glibc.connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func address(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
