// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Bytes that are no gRPC, and not always HTTP/2.
enum Garbage {
    private static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

    /// Some of it.
    static func bytes(_ random: inout SplitMix) -> [UInt8] {
        let noise = (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return noise
        case 1: return Array("GET / HTTP/1.1\r\nHost: mapper\r\n\r\n".utf8)
        case 2: return preface + noise
        case 3: return Array(preface.prefix(Int.random(in: 0..<preface.count, using: &random)))
        default: return preface + frame(4, []) + frame(UInt8.random(in: 0...12, using: &random), noise)
        }
    }

    /// A frame of HTTP/2, whatever it holds.
    private static func frame(_ kind: UInt8, _ payload: [UInt8]) -> [UInt8] {
        [0, UInt8(payload.count >> 8 & 255), UInt8(payload.count & 255), kind, 0, 0, 0, 0, kind == 4 ? 0 : 1] + payload
    }

    /// Says it on a socket, and hangs up.
    /// - Returns: whether somebody listened.
    static func send(_ bytes: [UInt8], to path: String) -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isConnected else { return false }
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        return true
    }
}
