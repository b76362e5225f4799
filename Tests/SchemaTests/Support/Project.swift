// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Finds the files of this repository.
enum Project {
    /// Where the repository is.
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path

    /// The path of a file or folder that is named from the repository's root.
    static func path(_ name: String) -> String { "\(root)/\(name)" }

    /// The text of a file.
    static func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    /// All files under a folder whose name has an ending, named from the repository's root.
    static func files(under folder: String, ending: String) -> [String] {
        guard let names = FileManager.default.enumerator(atPath: path(folder)) else { return [] }
        return names.compactMap { $0 as? String }.filter { $0.hasSuffix(ending) && !$0.contains(".build") }
            .map { "\(folder)/\($0)" }.sorted()
    }
}
