// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Finds an adapter again that came back under another number.
///
/// `/dev/ttyUSB0` names whatever was plugged in first. While the path works, the system's name for the adapter itself is
/// remembered, and from then on only that adapter is taken.
struct SerialIdentity {
    private let directory: String
    private var name: String?

    init(directory: String) {
        self.directory = directory
    }

    /// The path to open for a configured one.
    /// - Throws: when the path leads to another adapter than before.
    func path(for configured: String) throws(BusFault) -> String {
        guard let name else { return configured }
        if let device = Self.real("\(directory)/\(name)") { return device }
        guard let device = Self.real(configured), let other = self.name(of: device) else { return configured }
        throw .unreachable(
            "it is another adapter now (\(other)) than the one before (\(name)), which is not plugged in"
        )
    }

    /// Remembers which adapter a configured path leads to; links are names that somebody chose, and stay as they are.
    mutating func remember(_ configured: String) {
        guard name == nil, !Self.isLink(configured), let device = Self.real(configured) else { return }
        name = name(of: device)
    }

    /// The system's name for the adapter behind a device.
    private func name(of device: String) -> String? {
        guard let folder = unsafe opendir(directory) else { return nil }
        defer { _ = unsafe closedir(folder) }
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix("."), Self.real("\(directory)/\(name)") == device { return name }
        }
        return nil
    }

    /// Where a path leads in the end; `nil` when nowhere.
    static func real(_ path: String) -> String? {
        guard let text = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }

    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
