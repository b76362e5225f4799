// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import MapperTemplate

@Suite struct PackageWriterTests {
    private let files = [
        TemplateFile(path: "a", text: "1"), TemplateFile(path: "b/c/d", text: "2"), TemplateFile(path: ".e", text: "3"),
    ]

    @Test func `All files are there, and nothing else`() throws {
        let workshop = try Workshop()
        try PackageWriter(to: workshop.place("new")).write(files)
        #expect(try workshop.contents() == ["new"])
        #expect(try workshop.contents(of: "new") == [".e", "a", "b"])
        #expect(try workshop.text(of: "new/b/c/d") == "2")
    }

    @Test func `The folder can be read by whom others can`() throws {
        let workshop = try Workshop()
        try workshop.makeFolder("other")
        try PackageWriter(to: workshop.place("new")).write(files)
        #expect(try mode(of: "\(workshop.path)/new") == mode(of: "\(workshop.path)/other"))
    }

    @Test func `An empty folder is filled, and keeps its mode`() throws {
        let workshop = try Workshop()
        try workshop.makeFolder("new")
        try FileManager.default.setAttributes([.posixPermissions: 0o711], ofItemAtPath: "\(workshop.path)/new")
        try PackageWriter(to: workshop.place("new/")).write(files)
        #expect(try workshop.contents(of: "new") == [".e", "a", "b"])
        #expect(try mode(of: "\(workshop.path)/new") == 0o711)
    }

    @Test(arguments: 0...4)
    func `An interruption leaves nothing behind, whenever it comes`(steps: Int) throws {
        let workshop = try Workshop()
        let writer = PackageWriter(to: try workshop.place("new"))
        var asked = 0
        func write() throws {
            try writer.write(files) {
                asked += 1
                return asked > steps
            }
        }
        if steps < 4 {
            let error = #expect(throws: NewMapperError.self) { try write() }
            #expect(error?.code == .interrupted)
            #expect(try workshop.contents().isEmpty)
        } else {
            try write()
            #expect(try workshop.contents() == ["new"])
        }
    }

    @Test func `A file that cannot be written leaves nothing behind`() throws {
        let workshop = try Workshop()
        let impossible = TemplateFile(path: "a/below-a-file", text: "")
        let error = #expect(throws: NewMapperError.self) {
            try PackageWriter(to: workshop.place("new")).write(files + [impossible])
        }
        #expect(error?.code == .cannotCreate)
        #expect(error?.message.contains("a/below-a-file") == true)
        #expect(try workshop.contents().isEmpty)
    }

    @Test func `What came meanwhile is left alone`() throws {
        let workshop = try Workshop()
        let writer = PackageWriter(to: try workshop.place("new"))
        try workshop.makeFolder("new")
        try workshop.write("mine", to: "new/a")
        let error = #expect(throws: NewMapperError.self) { try writer.write(files) }
        #expect(error?.code == .cannotCreate)
        #expect(try workshop.contents() == ["new"])
        #expect(try workshop.text(of: "new/a") == "mine")
    }

    private func mode(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
