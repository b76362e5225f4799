// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// Finds the files that paths stand for.
struct FileList {
    /// More files than any profile has, in any of the directories given.
    private static let limit = 1000

    private(set) var files: [String] = []
    private var resolved: Set<String> = []

    /// Complains about directories that cannot be listed or hold nothing to read; files are not looked into.
    init(_ paths: [String], _ findings: Findings) {
        if paths.isEmpty { findings.error(at: nil, "no file or directory was given to load devices from") }
        for path in paths {
            guard Self.isDirectory(path) else {
                add(path)
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
                names.prefix(Self.limit).forEach { add(path.hasSuffix("/") ? path + $0 : "\(path)/\($0)") }
            } catch {
                findings.error(at: nil, "cannot list directory '\(path)': \(error)")
            }
        }
    }

    /// Adds a file unless it is there already, be it by another path: everything in it would be given twice.
    private mutating func add(_ path: String) {
        if resolved.insert(Self.resolve(path)).inserted { files.append(path) }
    }

    /// The path without symbolic links; as it is where nothing can be found there.
    private static func resolve(_ path: String) -> String {
        guard let resolved = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
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
