// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Tells what a process takes of the machine.
package struct ProcessFigures: Sendable {
    /// Processor time of all threads so far.
    package let cpu: Duration
    /// Memory in use, in kilobytes.
    package let residentKilobytes: Int
    /// How many threads there are.
    package let threads: Int
    /// How many files are open.
    package let descriptors: Int

    /// Looks into `/proc`.
    /// - Throws: when the process is gone.
    package init(of process: Int32) throws {
        let folder = URL(fileURLWithPath: "/proc/\(process)")
        let stat = try String(contentsOf: folder.appending(path: "stat"), encoding: .utf8)
        // The program's name, in brackets, may hold blanks; user and system time are fields 14 and 15.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 13, let user = Int(fields[11]), let system = Int(fields[12]) else {
            throw BenchmarkFailure("/proc/\(process)/stat is not understood")
        }
        cpu = .milliseconds((user + system) * 1000 / sysconf(Int32(_SC_CLK_TCK)))
        let status = try String(contentsOf: folder.appending(path: "status"), encoding: .utf8)
        residentKilobytes = Self.number("VmRSS", in: status)
        threads = Self.number("Threads", in: status)
        descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(process)/fd").count
    }

    private static func number(_ key: String, in status: String) -> Int {
        let line = status.split(separator: "\n").first { $0.hasPrefix(key + ":") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
