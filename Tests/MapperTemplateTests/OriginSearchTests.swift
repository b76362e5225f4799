// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import MapperTemplate

@Suite struct OriginSearchTests {
    private let workshop: Workshop

    init() throws {
        workshop = try Workshop()
        try workshop.makeMapperKit("kit")
        try workshop.makeFolder("kit/.build/debug")
        try workshop.makeFolder("kit/mappers")
        try workshop.makeFolder("elsewhere")
        try workshop.makeFolder("other")
        try workshop.write("let package = Package(\n    name: \"other\",\n)\n", to: "other/Package.swift")
    }

    private func search(for path: String) throws -> OriginSearch {
        OriginSearch(for: try workshop.place(path), workingDirectory: workshop.path)
    }

    @Test func `The checkout around the program is found, by a relative path from inside and an absolute one else`()
        throws
    {
        let program = "\(workshop.path)/kit/.build/debug"
        #expect(try search(for: "kit/mappers/new").origin(around: [program]) == .folder("../.."))
        #expect(try search(for: "elsewhere/new").origin(around: [program]) == .folder("\(workshop.path)/kit"))
        let starts = ["\(workshop.path)/elsewhere", "\(workshop.path)/kit/mappers"]
        #expect(try search(for: "new").origin(around: starts) == .folder("\(workshop.path)/kit"))
    }

    @Test func `Without a checkout it has to be named`() throws {
        let error = #expect(throws: NewMapperError.self) {
            try search(for: "new").origin(around: ["\(workshop.path)/elsewhere", "\(workshop.path)/gone"])
        }
        #expect(error?.message.contains("'--mapperkit' has to say where it is") == true)
    }

    @Test func `A path stays what it is, relative or absolute`() throws {
        let search = try search(for: "elsewhere/new")
        #expect(try search.origin(named: "kit") == .folder("../../kit"))
        #expect(try search.origin(named: "./other/../kit/") == .folder("../../kit"))
        #expect(try search.origin(named: "\(workshop.path)/kit") == .folder("\(workshop.path)/kit"))
    }

    @Test(arguments: ["", "nowhere", "elsewhere", "other", "kit/Package.swift"])
    func `Folders without MapperKit are refused`(path: String) throws {
        let error = #expect(throws: NewMapperError.self) { try search(for: "new").origin(named: path) }
        #expect(error?.code == .usage)
        #expect(error?.message.contains(#"allowed is a folder whose Package.swift says name: "mapperkit""#) == true)
    }

    @Test func `A folder that a manifest cannot name is refused`() throws {
        try workshop.makeMapperKit("k\"it")
        #expect(throws: NewMapperError.self) { try search(for: "new").origin(named: "k\"it") }
    }

    @Test(arguments: [
        ("https://example.org/mapperkit", "mapperkit"), ("https://example.org/group/MapperKit.git", "mapperkit"),
        ("ssh://git@example.org:2222/mapperkit.git", "mapperkit"), ("git@example.org:group/kit.git", "kit"),
        ("http://127.0.0.1:8080/a/b/", "b"),
    ])
    func `Addresses of repositories are taken`(text: String, identity: String) throws {
        let address = try RepositoryAddress(text)
        #expect(address.identity == identity)
        #expect(try search(for: "new").origin(named: text) == .repository(address))
    }

    @Test(arguments: [
        "https://", "https://example.org", "https://example.org/", "https:///mapperkit", "ftp://example.org/mapperkit",
        "https://example.org/a b", "https://example.org/\"kit", "https://example.org/.git", "://x/y",
        "git@example.org:",
        "https://exämple.org/kit",
    ])
    func `Addresses that are none are refused`(text: String) throws {
        let error = #expect(throws: NewMapperError.self) { try search(for: "new").origin(named: text) }
        #expect(error?.code == .usage)
    }
}
