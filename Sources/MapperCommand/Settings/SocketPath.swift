// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Finds out whether a text can be the path of a socket between EdgeCore and a mapper.
enum SocketPath {
    /// The longest path of a Unix socket, in bytes.
    static let longest = 107

    /// What is wrong with a path, as the rest of a sentence; `nil` if nothing is.
    static func problem(of path: String) -> String? {
        let scheme = "unix:"
        if path.hasPrefix(scheme) {
            let bare = "/" + path.dropFirst(scheme.count).drop { $0 == "/" }
            return "is '\(path)', but EdgeCore knows sockets by the bare path: write '\(bare)'"
        }
        guard path.hasPrefix("/") else { return "is '\(path)', but must be an absolute path" }
        guard !path.hasSuffix("/") else { return "is '\(path)', but must name the socket, not its directory" }
        let length = path.utf8.count
        guard length <= longest else { return "has \(length) bytes, at most \(longest) are allowed: \(path)" }
        return nil
    }

    /// The path that somebody means who types one: without a leading slash it begins in the working directory.
    ///
    /// What is in a file stays as it is, as a process that is started elsewhere would mean another socket by it.
    static func absolute(_ path: String) -> String {
        guard !path.isEmpty, !path.hasPrefix("/"), !path.hasPrefix("unix:") else { return path }
        let directory = FileManager.default.currentDirectoryPath
        let rest = path.hasPrefix("./") ? path.dropFirst(2) : path[...]
        return (directory.hasSuffix("/") ? directory : directory + "/") + rest
    }

    /// The path of another socket in the same directory.
    static func sibling(of path: String, named name: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return name }
        return path[...slash] + name
    }
}
