// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc

/// Is an error number that a Bluetooth socket gave, with what it means there.
///
/// The kernel folds the controller's reasons into error numbers (`bt_to_errno` in `net/bluetooth/lib.c`), so that the
/// system's own texts mislead: a connection that failed to be established is "Function not implemented".
struct BluetoothErrno: Error, Hashable, Sendable {
    let number: CInt

    init(_ number: CInt) {
        self.number = number
    }

    /// The calling thread's last error; to be read right after the call that failed.
    static var last: BluetoothErrno { BluetoothErrno(errno) }

    /// Whether trying again may help without anybody changing anything.
    var isTransient: Bool {
        switch number {
        case ENOSYS, EINPROGRESS, ETIMEDOUT, ETIME, ECONNRESET, ECONNABORTED, ECONNREFUSED, ENOTCONN, EBUSY, EMLINK,
            EHOSTUNREACH, EHOSTDOWN, ENETDOWN, ENODEV, EAGAIN, EINTR, EALREADY, ENOBUFS, ENOMEM, EIO, EPIPE:
            true
        default: false
        }
    }

    /// What happened, where Bluetooth gives the number a meaning of its own.
    private var meaning: String? {
        switch number {
        case ENOSYS:
            "the connection failed to be established, the device missed the first exchange or the controller gave a "
                + "reason the kernel has no number for"
        case EINPROGRESS: "the device was not heard: out of reach, switched off, or its address is of the other type"
        case ETIMEDOUT, ETIME: "the link was lost, or the device did not answer in time"
        case ECONNRESET: "the device ended the connection"
        case ECONNABORTED: "the connection was ended here: adapter switched off or unplugged, or pairing failed"
        case ECONNREFUSED: "the device refused the connection"
        case ENOTCONN: "there is no connection any more, or it is being encrypted at the moment"
        case EBUSY: "held by another process: bluetoothd or a second mapper?"
        case EHOSTUNREACH: "the adapter is down, or there is none of this address"
        case EHOSTDOWN: "the device is off"
        case ENETDOWN: "the adapter is down"
        case ENODEV: "there is no such adapter"
        case EACCES: "the device refuses without pairing, or the pairing failed"
        case EPERM: "not permitted: needs CAP_NET_RAW for scanning and CAP_NET_ADMIN for control"
        case EMLINK: "the adapter holds as many connections as it can"
        case EALREADY: "an attempt to connect is under way already"
        case EMSGSIZE: "longer than the connection carries"
        case EAFNOSUPPORT:
            "no Bluetooth here: needs the host's network namespace (hostNetwork: true), or a kernel with Bluetooth"
        case EPROTONOSUPPORT: "the kernel has no Bluetooth, or its modules cannot be loaded from here"
        case EIO: "the controller refused, or did not answer"
        default: nil
        }
    }

    /// The system's text, for what is not about Bluetooth.
    var systemText: String {
        var text = [CChar](repeating: 0, count: 128)
        guard unsafe strerror_r(number, &text, text.count) == 0 else { return "unknown" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension BluetoothErrno: CustomStringConvertible {
    var description: String { "\(meaning ?? systemText) (error \(number))" }
}
