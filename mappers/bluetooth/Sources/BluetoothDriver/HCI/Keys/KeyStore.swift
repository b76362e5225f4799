// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc

/// Keeps the keys of one adapter's bonded devices in a file, which only this user can read.
///
/// Without it a restart or a reboot loses them: only the kernel's memory has them. A new file is written next to the
/// old one and takes its place at once, so that a power cut leaves the one or the other.
struct KeyStore: Sendable {
    private static let sizeLimit = 1 << 20

    let path: String

    private var directory: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Reads the keys; none when there is no file yet.
    /// - Returns: the keys that could be read, and what is wrong with the others.
    func load() throws(KeyStoreError) -> (keys: KeyRing, problems: [KeyStoreError]) {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else {
            let error = BluetoothErrno.last
            guard error.number != ENOENT else { return (KeyRing(), []) }
            throw .unreadable(path: path, reason: error.systemText)
        }
        defer { close(file) }
        try checkDirectory()
        try check(file)
        let bytes = try contents(of: file)
        do throws(KeyFile.Problem) {
            let (keys, problems) = try KeyFile.read(bytes)
            return (keys, problems.map { .malformed(path: path, line: $0.line, problem: $0.text) })
        } catch {
            throw .malformed(path: path, line: error.line, problem: error.text)
        }
    }

    /// Writes the keys.
    func save(_ keys: KeyRing) throws(KeyStoreError) {
        if unsafe mkdir(directory, 0o700) != 0, errno != EEXIST {
            throw .unwritable(path: directory, reason: BluetoothErrno.last.systemText)
        }
        try checkDirectory()
        let new = path + ".new"
        // What an earlier attempt left behind.
        unsafe unlink(new)
        let file = unsafe open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .unwritable(path: new, reason: BluetoothErrno.last.systemText) }
        do throws(KeyStoreError) {
            defer { close(file) }
            try write(Array(KeyFile.text(keys).utf8), to: file)
        } catch {
            unsafe unlink(new)
            throw error
        }
        guard unsafe rename(new, path) == 0 else {
            throw .unwritable(path: path, reason: BluetoothErrno.last.systemText)
        }
        flushDirectory()
    }

    private func write(_ bytes: [UInt8], to file: CInt) throws(KeyStoreError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .unwritable(path: path, reason: BluetoothErrno.last.systemText) }
            rest = rest.dropFirst(count)
        }
        guard fsync(file) == 0 else { throw .unwritable(path: path, reason: BluetoothErrno.last.systemText) }
    }

    private func contents(of file: CInt) throws(KeyStoreError) -> [UInt8] {
        var (bytes, part) = ([UInt8](), [UInt8](repeating: 0, count: 4096))
        while bytes.count <= Self.sizeLimit {
            let count = unsafe read(file, &part, part.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(path: path, reason: BluetoothErrno.last.systemText) }
            if count == 0 { return bytes }
            bytes += part.prefix(count)
        }
        throw .unreadable(path: path, reason: "it is far too long for a file of keys")
    }

    /// Makes the renaming last through a power cut.
    private func flushDirectory() {
        let folder = unsafe open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        _ = fsync(folder)
        close(folder)
    }

    private func check(_ file: CInt) throws(KeyStoreError) {
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else {
            throw .unreadable(path: path, reason: BluetoothErrno.last.systemText)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unreadable(path: path, reason: "it is no file") }
        guard status.st_mode & 0o077 == 0 else {
            throw .insecure(
                path: path,
                problem: "others can read the keys (mode \(String(status.st_mode & 0o777, radix: 8)))",
                cure: "`chmod 600 \(path)`; in Kubernetes no fsGroup for this volume, it opens the files in it"
            )
        }
        guard status.st_uid == geteuid() || status.st_uid == 0 else {
            throw .insecure(
                path: path,
                problem: "the keys belong to another user (\(status.st_uid))",
                cure: "`chown \(geteuid()) \(path)`"
            )
        }
    }

    private func checkDirectory() throws(KeyStoreError) {
        var status = stat()
        guard unsafe stat(directory, &status) == 0 else {
            throw .unreadable(path: directory, reason: BluetoothErrno.last.systemText)
        }
        guard status.st_mode & 0o022 == 0 else {
            throw .insecure(
                path: directory,
                problem: "others can replace the keys (mode \(String(status.st_mode & 0o777, radix: 8)))",
                cure: "`chmod 700 \(directory)`, or keep the keys in a directory of their own"
            )
        }
    }
}
