// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Works with paths of folders.
enum Path {
    /// The path without symbolic links and points; `nil` when nothing is there.
    static func resolved(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// A folder and all that it lies in, from the inside out, without symbolic links.
    static func ancestors(of path: String) -> [String] {
        guard let path = resolved(path) else { return [] }
        let parts = path.split(separator: "/")
        return (0...parts.count).reversed().map { "/" + parts.prefix($0).joined(separator: "/") }
    }

    /// The way from one absolute path to another.
    static func relative(_ path: String, from start: String) -> String {
        let (there, here) = (path.split(separator: "/"), start.split(separator: "/"))
        let common = zip(there, here).prefix { $0 == $1 }.count
        let steps = Array(repeating: "..", count: here.count - common) + there[common...].map(String.init)
        return steps.isEmpty ? "." : steps.joined(separator: "/")
    }

    /// What the system says about its last failure.
    static func reason() -> String {
        let code = errno
        guard let text = unsafe strerror(code) else { return "error \(code)" }
        return unsafe String(cString: text)
    }
}
