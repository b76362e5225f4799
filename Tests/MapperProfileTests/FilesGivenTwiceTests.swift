// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperProfile
import Testing

@Suite("Files given more than once")
struct FilesGivenTwiceTests {
    private let folder: ScratchFolder
    private let file: String

    init() throws {
        folder = try ScratchFolder()
        try FileManager.default.createDirectory(atPath: "\(folder.path)/profile", withIntermediateDirectories: true)
        file = try folder.write("profile/p.yaml", SampleProfile.yaml)
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/link",
            withDestinationPath: "\(folder.path)/profile"
        )
    }

    @Test(
        "Each file is read once, whatever path leads to it",
        arguments: [
            ["profile", "profile"], ["profile/p.yaml", "profile/p.yaml"], ["profile", "./profile"],
            ["profile", "profile/"], ["profile", "profile/p.yaml"], ["profile", "link"], ["link/p.yaml", "profile"],
            ["profile", "profile/../link/./p.yaml"],
        ]
    )
    func once(paths: [String]) throws {
        let loaded = try ProfileLoader().load(paths.map { "\(folder.path)/\($0)" })
        #expect(loaded.warnings == [])
        #expect(loaded.profile.devices.map(\.id.name) == ["pump"])
        // The first path given is the one in places.
        let place = loaded.profile.devices.first?.location?.file
        #expect(place?.hasPrefix("\(folder.path)/\(paths[0])") == true)
    }

    @Test("A copy is another file: what it repeats is an error")
    func copy() throws {
        let copy = try folder.write("copy.yaml", SampleProfile.yaml)
        let error = #expect(throws: ConfigurationError.self) { try ProfileLoader().load([file, copy]) }
        #expect(
            error?.diagnostics.map(\.message) == [
                "model 'plant/pump-model' is given twice (first at \(file):4:9)",
                "device 'plant/pump' is given twice (first at \(file):18:9)",
            ]
        )
    }

    @Test("A missing file given twice is missing once")
    func missing() {
        let path = "\(folder.path)/missing.yaml"
        let error = #expect(throws: ConfigurationError.self) { try ProfileLoader().load([path, path]) }
        #expect(error?.description == "error: cannot open '\(path)': No such file or directory")
    }
}
