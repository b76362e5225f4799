// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Runs `bluetooth-mapper` with a configuration file, as a user would.
struct ConfiguredRun {
    let status: Int32
    /// What it complains about, with the file's path shortened.
    let complaints: [String]

    init(_ file: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "bluetooth-mapper")
        process.arguments = ["run", "--config", file, "--profile", "/nonexistent.yaml"]
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let data = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        status = process.terminationStatus
        complaints = String(decoding: data, as: UTF8.self).split(separator: "\n")
            .map { $0.replacingOccurrences(of: file, with: "config.yaml") }
    }

    /// Runs it with a file of this text.
    init(text: String) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "former-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try text.write(to: file, atomically: true, encoding: .utf8)
        try self.init(file.path)
    }
}
