// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

/// The landing page leads to everything that is public.
@Suite struct TopicTests {
    @Test("each public type of MapperKit has its place in a topic")
    func typesAreInTopics() throws {
        let page = try Repository.text(of: "\(Repository.catalogue)/MapperKit.md")
        let topics = Set(page.matches(of: /(?m)^- ``([A-Za-z]+)``/).map { String($0.1) })
        let types = try publicTypes()
        #expect(types.count > 40)
        #expect(types.subtracting(topics).sorted() == [], "not in a topic of MapperKit.md")
    }

    @Test("each article is in a topic of the landing page")
    func articlesAreInTopics() throws {
        let page = try Repository.text(of: "\(Repository.catalogue)/MapperKit.md")
        let topics = Set(page.matches(of: /(?m)^- <doc:([A-Za-z]+)>/).map { String($0.1) })
        let names = try Repository.articles().compactMap { $0.path.split(separator: "/").last?.dropLast(3) }
        let articles = Set(names.map(String.init)).subtracting(Self.pagesOfModules)
        #expect(articles == topics)
    }

    /// Pages of the catalogue that are no articles.
    private static let pagesOfModules: Set<String> = [
        "MapperKit", "MapperCommand", "MapperTesting", "MapperProfile", "MapperMQTT", "MapperDMI",
    ]

    /// The types that stand at the left margin of a file: others are part of one of them.
    private func publicTypes() throws -> Set<String> {
        let files = try Repository.compiledSources().filter { $0.key.hasPrefix("Sources/MapperKit/") }
        let declaration = /(?m)^public (?:final )?(?:struct|enum|class|actor|protocol|typealias) ([A-Za-z]+)/
        return Set(files.values.flatMap { $0.matches(of: declaration).map { String($0.1) } })
    }
}
