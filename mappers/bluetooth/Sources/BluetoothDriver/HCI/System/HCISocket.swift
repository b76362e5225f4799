// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc

/// Makes the kernel's sockets for adapters, and moves packets through them.
enum HCISocket {
    /// Room for the longest packet that either channel delivers.
    private static let packetSize = 8192

    /// Makes the control channel's socket, which is for all adapters.
    /// - Returns: the socket, which belongs to the caller.
    static func openControl() throws(BluetoothErrno) -> CInt {
        try open(device: MGMTPacket.noIndex, channel: UInt16(HCI_CHANNEL_CONTROL))
    }

    /// Makes a socket that sees one adapter's events and sends it commands, beside the kernel.
    /// - Returns: the socket, which belongs to the caller.
    static func openRaw(device: UInt16) throws(BluetoothErrno) -> CInt {
        try open(device: device, channel: UInt16(HCI_CHANNEL_RAW))
    }

    private static func open(device: UInt16, channel: UInt16) throws(BluetoothErrno) -> CInt {
        let type = CInt(SOCK_RAW.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let number = socket(AF_BLUETOOTH, type, BTPROTO_HCI)
        guard number >= 0 else { throw .last }
        let address = sockaddr_hci(hci_family: UInt16(AF_BLUETOOTH), hci_dev: device, hci_channel: channel)
        let status = unsafe withUnsafeBytes(of: address) { bytes in
            unsafe bind(number, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count))
        }
        guard status == 0 else {
            let error = BluetoothErrno.last
            close(number)
            throw error
        }
        return number
    }

    /// Sends one packet, without waiting.
    ///
    /// How much the kernel says it took means nothing: a packet goes whole or not at all, and for a command that the
    /// control channel refuses at once the kernel says 0, and sends the refusal as an answer.
    static func send(_ packet: [UInt8], through number: CInt) throws(BluetoothErrno) {
        let flags = CInt(MSG_NOSIGNAL) | CInt(MSG_DONTWAIT)
        guard unsafe Glibc.send(number, packet, packet.count, flags) >= 0 else { throw .last }
    }

    /// Takes one packet, without waiting; `nil` when none is there.
    ///
    /// A packet that is longer than any the kernel makes comes shortened, and is refused by whoever looks at its length.
    static func receive(from number: CInt) throws(BluetoothErrno) -> [UInt8]? {
        let (bytes, count) = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: packetSize) { buffer in
            let count = unsafe recv(number, buffer.baseAddress, buffer.count, CInt(MSG_DONTWAIT))
            return (count > 0 ? unsafe Array(buffer.prefix(count)) : [], count)
        }
        if count > 0 { return bytes }
        // Whoever holds the other end has closed; the kernel itself never does.
        if count == 0 { throw BluetoothErrno(ENOTCONN) }
        let error = BluetoothErrno.last
        guard error.number == EAGAIN || error.number == EINTR else { throw error }
        return nil
    }
}
