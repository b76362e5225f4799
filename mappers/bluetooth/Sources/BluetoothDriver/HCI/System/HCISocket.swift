// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc

/// Makes the kernel's sockets for adapters.
enum HCISocket {
    /// Room for the longest packet that either channel delivers.
    static let packetSize = 8192

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
}
