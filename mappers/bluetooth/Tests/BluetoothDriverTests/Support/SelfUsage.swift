// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Is what this process takes of the machine, as the kernel says.
struct SelfUsage: CustomStringConvertible {
    var memory: String
    var descriptors: Int

    static var now: SelfUsage {
        let status = (try? String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        let files = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return SelfUsage(
            memory: line.map { $0.dropFirst(6).filter { !$0.isWhitespace } } ?? "unknown",
            descriptors: files.count
        )
    }

    var description: String { "\(memory), \(descriptors) descriptors" }
}
