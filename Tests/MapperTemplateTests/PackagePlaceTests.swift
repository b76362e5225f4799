// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import MapperTemplate

@Suite struct PackagePlaceTests {
    @Test func `Paths are taken from the working directory, links and points resolved`() throws {
        let workshop = try Workshop()
        try workshop.makeFolder("real/inside")
        try FileManager.default.createSymbolicLink(atPath: "\(workshop.path)/link", withDestinationPath: "real")
        #expect(try workshop.place("new").path == "\(workshop.path)/new")
        #expect(try workshop.place("link/inside/../new").path == "\(workshop.path)/real/new")
        try workshop.makeFolder("empty")
        try FileManager.default.createSymbolicLink(atPath: "\(workshop.path)/other", withDestinationPath: "empty")
        #expect(try workshop.place("other").path == "\(workshop.path)/empty")
    }

    @Test func `Places that are taken are refused`() throws {
        let workshop = try Workshop()
        try workshop.makeFolder("full")
        try workshop.write("", to: "full/.hidden")
        try workshop.write("", to: "file")
        try FileManager.default.createSymbolicLink(atPath: "\(workshop.path)/dangling", withDestinationPath: "nowhere")
        for (path, problem) in [
            ("full", "it is not empty"), ("file", "something is there that is no folder"),
            ("dangling", "something is there that is no folder"), (".", "it is the folder that this is called from"),
            ("none/new", "there is no folder '\(workshop.path)/none' for it: No such file or directory"),
            ("file/new", "Not a directory"), ("/", "it has no name"),
        ] {
            let error = #expect(throws: NewMapperError.self, "\(path)") { try workshop.place(path) }
            #expect(error?.code == .cannotCreate)
            #expect(error?.message.contains(problem) == true, "\(path): \(error as Any)")
        }
        #expect(try workshop.contents() == ["dangling", "file", "full"])
    }

    @Test func `Folders in which nothing can be made are refused`() throws {
        let error = #expect(throws: NewMapperError.self) {
            try PackageWriter(to: PackagePlace("/proc/new", workingDirectory: "/")).write([])
        }
        #expect(error?.code == .cannotCreate)
    }

    @Test(arguments: ["", "a\nb"])
    func `Words that are no paths are refused`(path: String) throws {
        let workshop = try Workshop()
        #expect(throws: NewMapperError.self) { try workshop.place(path) }
    }
}
