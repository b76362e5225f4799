// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Is the checkout that these tests are part of.
enum Repository {
    /// Its top folder.
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// What articles may lead to; the top level has these folders and files only.
    static let rooms = ["Sources", "Tests", "Examples", "mappers", "device-models"]

    /// The documentation catalogue.
    static let catalogue = "Sources/MapperKit/MapperKit.docc"

    /// The articles of the catalogue.
    static func articles() throws -> [MarkdownFile] {
        try markdown().filter { $0.path.hasPrefix(catalogue) }
    }

    /// Every Markdown file, the root's own ones included; taken apart once for all tests.
    static func markdown() throws -> [MarkdownFile] { try everyMarkdownFile.get() }

    private static let everyMarkdownFile = Result { try readMarkdown() }

    private static func readMarkdown() throws -> [MarkdownFile] {
        let top = try FileManager.default.contentsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".md") }
        let others = rooms.flatMap { files(under: $0, endingWith: ".md") }
        return try (top + others).sorted().map { try MarkdownFile(path: $0, text: text(of: $0)) }
    }

    /// The Swift files that some target compiles, and their texts; a package within this one has targets here, too.
    static func compiledSources() throws -> [String: String] {
        try sources(endingWith: ".swift").filter { !$0.key.hasSuffix("/Package.swift") }
    }

    /// Files with a name's ending, and their texts.
    static func sources(endingWith suffix: String) throws -> [String: String] {
        try texts(of: rooms.flatMap { files(under: $0, endingWith: suffix) })
    }

    /// The text of a file.
    static func text(of path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// Whether there is such a file or folder.
    static func has(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).standardized.path)
    }

    private static func texts(of paths: [String]) throws -> [String: String] {
        Dictionary(uniqueKeysWithValues: try paths.map { ($0, try text(of: $0)) })
    }

    private static func files(under room: String, endingWith suffix: String) -> [String] {
        let files = FileManager.default.enumerator(atPath: root.appending(path: room).path)
        return (files?.compactMap { $0 as? String } ?? [])
            .filter { $0.hasSuffix(suffix) && !$0.contains(".build/") }
            .map { "\(room)/\($0)" }
    }
}
