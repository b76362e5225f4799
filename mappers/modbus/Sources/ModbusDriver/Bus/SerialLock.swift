// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus
import Glibc

/// Holds the lock file of a serial device, as other programs that use serial lines keep it: `LCK..ttyUSB0` with the
/// number of the process in it (Filesystem Hierarchy Standard 3.0, 5.9).
struct SerialLock: ~Copyable {
    private let path: String
    /// Whether the file is this holder's to remove.
    private var isOurs: Bool

    private init(path: String, isOurs: Bool) {
        self.path = path
        self.isOurs = isOurs
    }

    deinit {
        if isOurs { _ = unsafe unlink(path) }
    }

    /// Says that the terminal itself could be locked, so that nobody else in this process uses it.
    mutating func confirm() {
        isOurs = true
    }

    /// Makes the lock file of a device, in the first of some directories that exists and can be written.
    ///
    /// A lock of a process that is gone is taken over.
    /// - Returns: `nil` where no directory keeps such files.
    /// - Throws: when another process holds the lock.
    static func acquire(device: String, in directories: [String]) throws(BusFault) -> SerialLock? {
        let directory = directories.first { unsafe access($0, W_OK) == 0 }
        guard let directory else { return nil }
        let name = device.hasPrefix("/dev/") ? String(device.dropFirst(5)) : device
        let path = "\(directory)/LCK..\(name.split(separator: "/").joined(separator: "_"))"
        for _ in 0..<2 {
            if make(path) { return SerialLock(path: path, isOurs: true) }
            guard errno == EEXIST else { return nil }
            let holder = holder(of: path)
            // Our own number: of a process before this one, or of another user of the device in this one.
            if holder == getpid() { return SerialLock(path: path, isOurs: false) }
            guard let holder, kill(holder, 0) != 0, errno == ESRCH else {
                let process = holder.map { "process \($0)" } ?? "another program"
                throw .unreachable("\(process) uses it (\(path))")
            }
            _ = unsafe unlink(path)
        }
        return nil
    }

    /// Makes the file complete or not at all: nobody may see it without its number.
    private static func make(_ path: String) -> Bool {
        let draft = "\(path).\(getpid())"
        let file = unsafe open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { return false }
        defer { _ = unsafe unlink(draft) }
        let digits = String(getpid())
        let text = Array((String(repeating: " ", count: max(10 - digits.count, 0)) + digits + "\n").utf8)
        let isWritten = unsafe write(file, text, text.count) == text.count
        close(file)
        return unsafe isWritten && link(draft, path) == 0
    }

    private static func holder(of path: String) -> pid_t? {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = unsafe read(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        return text.split { $0 == " " || $0 == "\n" }.first.flatMap { pid_t($0) }.flatMap { $0 > 0 ? $0 : nil }
    }
}
