// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Runs `pymodbus_peer.py`: a device whose registers another implementation of Modbus encodes and decodes.
final class PymodbusPeer {
    /// One value in one order of bytes.
    struct Case: Decodable, Sendable {
        var type: String
        var order: String
        var model: String
        var minimum: String?
        var visitor: [String: String]
        var address: Int
        var registers: [UInt16]
        var value: String
    }

    struct Report: Decodable, Sendable {
        var port: Int
        /// How far behind its registers to read those are that a case may write.
        var writable: Int
        var cases: [Case]
    }

    /// The system's Python, which sees the packages that `Tests/install-packages.sh` installs.
    private static let python = "/usr/bin/python3"

    /// Whether pymodbus, and what its servers need, can be imported.
    static let isAvailable: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", "import pymodbus.server, pymodbus.payload"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init() throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "pymodbus_peer.py"
        )
        process.executableURL = URL(fileURLWithPath: Self.python)
        process.arguments = [script.path]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    /// The first line the script prints.
    func report() throws -> Report { try JSONDecoder().decode(Report.self, from: line()) }

    /// Has the registers decoded that were written.
    func written() throws -> [String] {
        try input.fileHandleForWriting.write(contentsOf: Data("\n".utf8))
        return try JSONDecoder().decode([String].self, from: line())
    }

    /// Ends the script, which lives as long as its input.
    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private func line() -> Data {
        var line = Data()
        while line.last != 0x0A {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { break }
            line += more
        }
        return line
    }
}
