// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// Finds the files that paths stand for.
struct FileList {
    /// More files than any profile has, in any of the directories given.
    private static let limit = 1000

    private(set) var files: [String] = []

    /// Complains about directories that cannot be listed or hold nothing to read; files are not looked at.
    init(_ paths: [String], _ findings: Findings) {
        if paths.isEmpty { findings.error(at: nil, "no file or directory was given to load devices from") }
        for path in paths {
            guard Self.isDirectory(path) else {
                files.append(path)
                continue
            }
            do {
                let names = try FileManager.default.contentsOfDirectory(atPath: path)
                    .filter { !$0.hasPrefix(".") && Self.isReadable($0) }
                    .sorted()
                if names.isEmpty { findings.error(at: nil, "no *.json, *.yaml or *.yml file in directory '\(path)'") }
                if names.count > Self.limit {
                    findings.error(at: nil, "more than \(Self.limit) files in directory '\(path)'")
                }
                files += names.prefix(Self.limit).map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
            } catch {
                findings.error(at: nil, "cannot list directory '\(path)': \(error)")
            }
        }
    }

    private static func isReadable(_ name: String) -> Bool {
        let lowered = name.lowercased()
        return [".json", ".yaml", ".yml"].contains { lowered.hasSuffix($0) }
    }

    private static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
