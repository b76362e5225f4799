// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Is what this process has at one moment.
struct ProcessCensus {
    /// What is open: descriptors with what they stand for.
    let descriptors: Set<String>
    /// How much memory it occupies, in KiB; 0 where that is not told.
    let memory: Int

    init() {
        descriptors = Self.openDescriptors()
        memory = Self.residentMemory()
    }

    private static func openDescriptors() -> Set<String> {
        let folder = "/proc/self/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let entries = names.compactMap { name -> String? in
            // One that is gone already was of no account.
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")
            return target.map { "\(name) (\($0))" }
        }
        return Set(entries)
    }

    private static func residentMemory() -> Int {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
        else { return 0 }
        return line.split { $0 == " " || $0 == "\t" }.dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
