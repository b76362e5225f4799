// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// A socket's path as somebody types it.
enum SocketArgument {
    /// The path from the root on; one that begins elsewhere begins in the working directory.
    static func absolute(_ path: String) -> String {
        guard !path.isEmpty, !path.hasPrefix("/") else { return path }
        let directory = FileManager.default.currentDirectoryPath
        let rest = path.hasPrefix("./") ? path.dropFirst(2) : path[...]
        return (directory.hasSuffix("/") ? directory : directory + "/") + rest
    }
}
