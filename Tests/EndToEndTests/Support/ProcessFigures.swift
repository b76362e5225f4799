// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation

/// What the kernel knows about a running process.
struct ProcessFigures {
    /// Processor time of all threads so far.
    let cpu: Duration
    /// Memory in use, in kilobytes.
    let residentKilobytes: Int

    init(of process: Int32) throws {
        let folder = URL(fileURLWithPath: "/proc/\(process)")
        let stat = try String(contentsOf: folder.appending(path: "stat"), encoding: .utf8)
        // The program's name, in brackets, may hold blanks; user and system time are fields 14 and 15.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 13, let user = Int(fields[11]), let system = Int(fields[12]) else {
            throw CocoaError(.fileReadCorruptFile)
        }
        cpu = .milliseconds((user + system) * 1000 / sysconf(Int32(_SC_CLK_TCK)))
        residentKilobytes = try Self.number("VmRSS", in: folder)
    }

    private static func number(_ key: String, in folder: URL) throws -> Int {
        let status = try String(contentsOf: folder.appending(path: "status"), encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix(key + ":") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
