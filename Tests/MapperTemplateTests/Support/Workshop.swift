// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperTemplate

/// A folder of a test's own, which goes with it.
final class Workshop {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "new-mapper-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.resolvingSymlinksInPath().path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// What is there, names with a point in front included.
    func contents(of folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)").sorted()
    }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
    }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: false, encoding: .utf8)
    }

    func text(of name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    /// Makes a folder that looks like MapperKit's.
    func makeMapperKit(_ name: String) throws {
        try makeFolder(name)
        try write(
            "let package = Package(\n    name: \"mapperkit\",\n    products: []\n)\n",
            to: "\(name)/Package.swift"
        )
    }

    func place(_ name: String) throws(NewMapperError) -> PackagePlace {
        try PackagePlace(name, workingDirectory: path)
    }
}
