// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit

/// Opens sockets to a simulator, which keep the limits of packets as those of the kernel's Bluetooth do.
enum UnixSocket {
    /// Connects, and sends the first packet.
    /// - Returns: the socket, which is the caller's.
    /// - Throws: ``DeviceError`` when nobody listens there.
    static func open(_ path: String, saying first: String) throws(DeviceError) -> CInt {
        let descriptor = socket(AF_UNIX, CInt(SOCK_SEQPACKET.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw failure(path) }
        let bytes = Array(first.utf8)
        guard connect(descriptor, to: path),
            unsafe send(descriptor, bytes, bytes.count, CInt(MSG_NOSIGNAL)) == bytes.count
        else {
            let error = failure(path)
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Waits for the answer to a request for a link.
    /// - Returns: how strong the link is, in dBm, if that is told.
    static func waitForLink(_ descriptor: CInt, to peer: Peer, within limit: Duration) async throws(DeviceError) -> Int?
    {
        switch await SocketWait.wait(for: POLLIN, of: descriptor, within: limit) {
        case .ready: break
        case .timedOut: throw DeviceError(L2CAPFault.timedOut(limit), "connecting to", to: peer)
        case .cancelled: throw DeviceError(L2CAPFault.cancelled, "connecting to", to: peer)
        }
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = unsafe recv(descriptor, &bytes, bytes.count, 0)
        let words = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self).split(separator: " ")
        let number = words.dropFirst().first.flatMap { CInt($0) }
        if words.first == "connected" { return number.map(Int.init) }
        throw DeviceError(L2CAPFault.system(BluetoothErrno(number ?? ECONNRESET)), "connecting to", to: peer)
    }

    private static func connect(_ descriptor: CInt, to path: String) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            errno = ENAMETOOLONG
            return false
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        return unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(descriptor, $0, length) == 0
            }
        }
    }

    private static func failure(_ path: String) -> DeviceError {
        let error = BluetoothErrno.last
        let cure = [ENOENT, ECONNREFUSED].contains(error.number) ? "; is `bluetooth-mapper simulate` running?" : ""
        return DeviceError(.unreachable, "'\(path)': \(error.systemText)\(cure)", underlyingError: error)
    }
}
