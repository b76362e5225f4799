// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Every link leads somewhere, as far as that can be known without a network; DocC itself checks links to symbols and articles.
@Suite struct LinkTests {
    @Test("links between files lead to files and headings that are there", arguments: try Repository.markdown())
    func relativeLinks(_ file: MarkdownFile) throws {
        for link in file.links where !link.target.contains(":") && !isCatalogueResource(link.target, of: file) {
            let parts = link.target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let path = parts[0].isEmpty ? file.path : resolve(String(parts[0]), from: file.path)
            #expect(Repository.has(path), "\(file.path):\(link.line): there is no \(path)")
            guard parts.count == 2, path.hasSuffix(".md"), Repository.has(path) else { continue }
            let target = MarkdownFile(path: path, text: try Repository.text(of: path))
            let anchor = String(parts[1])
            #expect(target.anchors.contains(anchor), "\(file.path):\(link.line): \(path) has no heading '\(anchor)'")
        }
    }

    @Test("addresses are whole ones", arguments: try Repository.markdown())
    func addresses(_ file: MarkdownFile) {
        for link in file.links where link.target.contains(":") && !link.target.hasPrefix("doc:") {
            let isWhole = link.target.wholeMatch(of: /https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+(\/[^\s<>"]*)?/) != nil
            #expect(isWhole, "\(file.path):\(link.line): '\(link.target)' is no address with https")
        }
    }

    @Test("files that are named in passing are there", arguments: try Repository.markdown())
    func namedFiles(_ file: MarkdownFile) {
        for word in file.codeWords where !isOfProjectToMake(word.target, in: file) {
            for match in word.target.matches(of: Self.filePath) {
                // A form is shown, not a file: `mappers/<name>/…`, `Sources/{A,B}`.
                guard match.endIndex == word.target.endIndex || word.target[match.endIndex] == " " else { continue }
                let path = String(match.0)
                // From the top, from the file's own folder, or in the project that the tutorial makes.
                let places = [path, resolve(path, from: file.path), "Tests/DocumentationTests/Tutorial/\(path)"]
                #expect(places.contains(where: Repository.has), "\(file.path):\(word.line): there is no \(path)")
            }
        }
    }

    private static var filePath: Regex<Substring> {
        /^(?:Sources|Tests|Examples|mappers|device-models)\/[A-Za-z0-9_\/.+-]*/
    }

    /// An example says where its code goes in a project that `mapperctl new` makes.
    private func isOfProjectToMake(_ path: String, in file: MarkdownFile) -> Bool {
        file.path.hasPrefix("Examples/") && (path.hasPrefix("Sources/") || path.hasPrefix("Tests/"))
    }

    /// What DocC finds in the catalogue by its name alone.
    private func isCatalogueResource(_ target: String, of file: MarkdownFile) -> Bool {
        file.path.hasPrefix(Repository.catalogue) && !target.contains("/") && !target.contains(".")
    }

    private func resolve(_ path: String, from file: String) -> String {
        let folder = Repository.root.appending(path: file).deletingLastPathComponent()
        let target = folder.appending(path: path.removingPercentEncoding ?? path).standardized.path
        let root = Repository.root.standardized.path
        return target.hasPrefix(root + "/") ? String(target.dropFirst(root.count + 1)) : target
    }
}
