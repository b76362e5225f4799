// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperProfile
import Testing

/// What documentation shows is what is compiled, loaded and run.
@Suite struct SnippetTests {
    @Test("Swift code of articles and of the README is part of a compiled file", arguments: try Self.shown("swift"))
    func swiftIsCompiled(_ block: ShownBlock) throws {
        #expect(try Self.owner(of: block, in: Repository.compiledSources()) != nil, "\(block) is in no compiled file")
    }

    @Test("profiles that are shown are files that tests load", arguments: try Self.shown("yaml"))
    func yamlIsLoaded(_ block: ShownBlock) throws {
        #expect(try Self.owner(of: block, in: Repository.sources(endingWith: ".yaml")) != nil, "\(block) is in no file")
    }

    @Test("the tutorial's devices have nothing wrong with them")
    func tutorialProfile() throws {
        let folder = Repository.root.appending(path: "Tests/DocumentationTests/Tutorial/devices").path
        let loaded = try ProfileLoader().load([folder])
        #expect(loaded.warnings.isEmpty)
        #expect(loaded.profile.devices.map(\.id.name) == ["thermostat-01"])
    }

    @Test("there is something to check")
    func somethingIsShown() throws {
        #expect(try Self.shown("swift").count >= 6)
        #expect(try Self.shown("swift").contains { $0.path == "README.md" })
    }

    static func shown(_ language: String) throws -> [ShownBlock] {
        let readme = MarkdownFile(path: "README.md", text: try Repository.text(of: "README.md"))
        return try (Repository.articles() + [readme]).flatMap { file in
            file.blocks.filter { $0.language == language }.map {
                ShownBlock(path: file.path, line: $0.line, text: $0.text)
            }
        }
    }

    /// The file that has the block, line by line; how far lines are indented does not count.
    private static func owner(of block: ShownBlock, in files: [String: String]) throws -> String? {
        let wanted = unindented(block.text)
        return files.first { unindented($0.value).contains(wanted) }?.key
    }

    private static func unindented(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return "\n" + lines.map { $0.drop { $0 == " " } }.joined(separator: "\n").trimmingCharacters(in: .newlines)
            + "\n"
    }
}
