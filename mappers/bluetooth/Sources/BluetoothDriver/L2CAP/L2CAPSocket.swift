// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit

/// Makes links to peripherals, on the fixed channel of the attribute protocol.
///
/// What the kernel does is its own: it listens until it hears the peripheral, then connects; several attempts at a time
/// wait for each other there.
struct L2CAPSocket {
    /// The fixed channel of the attribute protocol (Core Specification, Vol 3 Part A 2.1).
    private static let attributeChannel: UInt16 = 4

    /// Connects.
    ///
    /// A plain `connect` would give up after 41 seconds only; this one has its own limit, and ends when the task is
    /// cancelled. The socket is bound to the adapter: where there are several, the kernel would take the last.
    /// - Returns: a connected descriptor that is the caller's.
    static func connect(
        to peer: BluetoothAddress,
        _ kind: BluetoothAddress.Kind,
        from adapter: BluetoothAddress,
        within limit: Duration
    ) async throws(L2CAPFault) -> CInt {
        let descriptor = socket(AF_BLUETOOTH, CInt(SOCK_SEQPACKET.rawValue) | O_NONBLOCK | O_CLOEXEC, BTPROTO_L2CAP)
        guard descriptor >= 0 else { throw .system(.last) }
        do throws(L2CAPFault) {
            try unsafe call(descriptor, address(adapter, .public)) { unsafe bind($0, $1, $2) }
            try unsafe call(descriptor, address(peer, kind)) { unsafe Glibc.connect($0, $1, $2) }
            try await waitUntilWritable(descriptor, within: limit)
            let error = BluetoothErrno(pendingError(of: descriptor))
            guard error.number == 0 else { throw .system(error) }
        } catch {
            Self.close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Makes an open link as safe as a level asks for: pairs where there is no key yet.
    ///
    /// To be asked for when a peripheral wants it, not while connecting: some kernels say that a link is there before it
    /// is encrypted.
    static func raise(_ descriptor: CInt, to level: L2CAPSecurity, within limit: Duration) async throws(L2CAPFault) {
        guard try security(of: descriptor) < level else { return }
        var wanted = bt_security(level: level.rawValue, key_size: 0)
        let status = unsafe setsockopt(
            descriptor,
            SOL_BLUETOOTH,
            BT_SECURITY,
            &wanted,
            socklen_t(MemoryLayout<bt_security>.size)
        )
        guard status == 0 else { throw .system(.last) }
        try await waitUntilWritable(descriptor, within: limit)
        let error = BluetoothErrno(pendingError(of: descriptor))
        guard error.number == 0 else { throw .system(error) }
        guard try security(of: descriptor) >= level else { throw .stillOpen }
    }

    static func close(_ descriptor: CInt) { Glibc.close(descriptor) }

    /// How safe a link is.
    static func security(of descriptor: CInt) throws(L2CAPFault) -> L2CAPSecurity {
        var security = bt_security()
        var length = socklen_t(MemoryLayout<bt_security>.size)
        guard unsafe getsockopt(descriptor, SOL_BLUETOOTH, BT_SECURITY, &security, &length) == 0 else {
            throw .system(.last)
        }
        return L2CAPSecurity(rawValue: min(security.level, L2CAPSecurity.high.rawValue)) ?? .low
    }

    // MARK: The system

    private static func address(_ address: BluetoothAddress, _ kind: BluetoothAddress.Kind) -> sockaddr_l2 {
        var result = sockaddr_l2()
        result.l2_family = sa_family_t(AF_BLUETOOTH)
        result.l2_cid = attributeChannel.littleEndian
        result.l2_bdaddr_type = UInt8(kind == .public ? BDADDR_LE_PUBLIC : BDADDR_LE_RANDOM)
        unsafe withUnsafeMutableBytes(of: &result.l2_bdaddr) { unsafe $0.copyBytes(from: address.littleEndianBytes) }
        return result
    }

    private static func call(
        _ descriptor: CInt,
        _ address: sockaddr_l2,
        _ function: (CInt, UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) throws(L2CAPFault) {
        let length = MemoryLayout<sockaddr_l2>.size
        let status = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe function(descriptor, generic, socklen_t(length))
            }
        }
        guard status != 0, errno != EINPROGRESS else { return }
        throw .system(.last)
    }

    private static func pendingError(of descriptor: CInt) -> CInt {
        var (error, length) = (CInt(0), socklen_t(MemoryLayout<CInt>.size))
        guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length) == 0 else { return errno }
        return error
    }

    static func waitUntilWritable(_ descriptor: CInt, within limit: Duration) async throws(L2CAPFault) {
        switch await SocketWait.wait(for: POLLOUT, of: descriptor, within: limit) {
        case .ready: return
        case .timedOut: throw .timedOut(limit)
        case .cancelled: throw .cancelled
        }
    }
}
