// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import Testing

@testable import MapperTemplate

@Suite struct NewMapperTests {
    private func mapper(
        _ name: String = "HeatPump",
        protocol protocolName: String = "ebus",
        from origin: MapperKitOrigin = .folder("/opt/mapperkit")
    ) throws -> NewMapper {
        NewMapper(name: try MapperName(name), protocolName: try ProtocolName(protocolName), origin: origin)
    }

    private func text(_ path: String, of mapper: NewMapper) throws -> String {
        try #require(mapper.files.first { $0.path == path }, "\(path)").text
    }

    @Test func `The program has all of the template's files, as they are`() throws {
        let paths = try Checkout.files(in: "mappers/_template")
        #expect(BundledTemplate.files.map(\.path).sorted() == paths)
        for file in BundledTemplate.files {
            let url = Checkout.root.appending(path: "mappers/_template").appending(path: file.path)
            #expect(file.text == (try String(contentsOf: url, encoding: .utf8)), "\(file.path)")
        }
    }

    @Test func `Files get the mapper's names`() throws {
        let paths = try mapper().files.map(\.path)
        #expect(paths.count == BundledTemplate.files.count)
        #expect(paths.contains("Sources/HeatPumpDriver/HeatPumpDriver.swift"))
        #expect(paths.contains("Sources/heat-pump-mapper/HeatPumpMapper.swift"))
        #expect(paths.contains("Tests/HeatPumpDriverTests/HeatPumpDriverTests.swift"))
        #expect(Set(paths).isSuperset(of: [".gitignore", "Dockerfile", "Package.swift", "devices/device.yaml"]))
    }

    private static func origins() throws -> [MapperKitOrigin] {
        [
            .folder("/opt/mapperkit"), .folder("../mapperkit"),
            .repository(try RepositoryAddress("https://example.org/kit/mapperkit.git")),
        ]
    }

    @Test(arguments: try origins())
    func `Nothing of the template's names is left`(origin: MapperKitOrigin) throws {
        for file in try mapper(from: origin).files {
            for line in (file.path + "\n" + file.text).split(separator: "\n")
            where line.lowercased().contains("template") {
                // The word of Kubernetes in a Deployment.
                #expect(line == "  template:", "\(file.path): \(line)")
            }
            #expect(!file.text.contains("../..") || file.path.hasPrefix("Tests/"), "\(file.path)")
            #expect(!file.text.contains("SPDX"), "\(file.path)")
        }
    }

    @Test func `Names stand where they belong`() throws {
        let mapper = try mapper()
        let driver = try text("Sources/HeatPumpDriver/HeatPumpDriver.swift", of: mapper)
        #expect(driver.contains("public struct HeatPumpDriver: DeviceDriver {"))
        #expect(driver.contains(#"protocolNames = ["ebus"]"#))
        #expect(
            try text("Sources/heat-pump-mapper/HeatPumpMapper.swift", of: mapper).contains(
                "enum HeatPumpMapper: MapperProgram"
            )
        )
        let device = try text("devices/device.yaml", of: mapper)
        #expect(device.contains("name: heat-pump-01\n") && device.contains("protocolName: ebus\n"))
        #expect(try text("devices/model.yaml", of: mapper).contains("name: heat-pump\n"))
        #expect(try text("deployment.yaml", of: mapper).contains("image: heat-pump-mapper:latest"))
        #expect(try text("Package.swift", of: mapper).hasPrefix("// swift-tools-version: 6.2\n"))
    }

    @Test(arguments: ["Alarm", "HeatPump", "Zone"])
    func `Imports are in order`(name: String) throws {
        for file in try mapper(name).files where file.path.hasSuffix(".swift") {
            let imports = file.text.split(separator: "\n").filter { $0.hasPrefix("import ") }
            #expect(imports == imports.sorted(), "\(file.path)")
        }
    }

    @Test func `What is put in is not taken for the template's`() throws {
        let mapper = try mapper("XTemplate", protocol: "template-device-template-mapper")
        let device = try text("devices/device.yaml", of: mapper)
        #expect(device.contains("protocolName: template-device-template-mapper\n"))
        #expect(device.contains("name: x-template-01\n"))
        #expect(
            try text("Sources/XTemplateDriver/XTemplateDriver.swift", of: mapper).contains("struct XTemplateDriver:")
        )
    }

    @Test func `A folder is named in the manifest and for the image`() throws {
        let mapper = try mapper(from: .folder("/opt/my kit"))
        #expect(
            try text("Package.swift", of: mapper).contains(#"Context.environment["MAPPERKIT_PATH"] ?? "/opt/my kit""#)
        )
        #expect(
            try text("Dockerfile", of: mapper).contains("--build-context 'mapperkit=/opt/my kit' -t heat-pump-mapper")
        )
        #expect(try text("README.md", of: mapper).contains("from the folder `/opt/my kit`."))
    }

    @Test func `A repository is named by address and version, and nothing of a folder is left`() throws {
        let address = try RepositoryAddress("https://example.org/kit/Kit-Fork.git")
        let mapper = try mapper(from: .repository(address))
        let manifest = try text("Package.swift", of: mapper)
        #expect(manifest.contains(#"url: "https://example.org/kit/Kit-Fork.git""#))
        #expect(manifest.contains(#"from: "\#(MapperKitVersion.current)""#))
        #expect(manifest.contains(#".product(name: "MapperTesting", package: "kit-fork")"#))
        #expect(!manifest.contains(#"package: "mapperkit""#) && !manifest.contains("MAPPERKIT_PATH"))
        let (image, readme) = (try text("Dockerfile", of: mapper), try text("README.md", of: mapper))
        #expect(!image.contains("mapperkit") && !readme.contains("MAPPERKIT_PATH") && !readme.contains("build-context"))
        #expect(readme.contains("takes MapperKit from <https://example.org/kit/Kit-Fork.git>"))
        #expect(image.contains("docker build -t heat-pump-mapper ."))
    }

    /// Each edit says exactly what the template says: a changed template must not go unnoticed.
    @Test(arguments: try origins())
    func `Edits find what they change`(origin: MapperKitOrigin) throws {
        for edit in origin.edits {
            let file = try #require(BundledTemplate.files.first { $0.path == edit.path })
            #expect(file.text.contains(edit.old), "\(edit.path): \(edit.old)")
        }
    }

    /// What a program's configuration can hold is the same for all mappers.
    @Test func `The configuration file explains what the other mappers' do`() throws {
        let modbus = try String(
            contentsOf: Checkout.root.appending(path: "mappers/modbus/config.yaml"),
            encoding: .utf8
        )
        let config = try text("config.yaml", of: mapper("OtherThing", protocol: "modbus"))
        // Only beside the schema can a file say where the schema is.
        let explained = modbus.replacing(/^# yaml-language-server: .*\n/, with: "")
        #expect(config.replacing("other-thing-mapper", with: "modbus-mapper") == explained)
    }

    @Test func `Files and commands are said with the folder`() throws {
        let mapper = try mapper()
        #expect(mapper.filesToEdit.allSatisfy { path in mapper.files.contains { $0.path == path } })
        #expect(
            mapper.commands(in: "my mappers/it's") == [
                #"swift build --package-path 'my mappers/it'\''s'"#,
                #"swift test --package-path 'my mappers/it'\''s'"#,
                #"swift run --package-path 'my mappers/it'\''s' heat-pump-mapper validate 'my mappers/it'\''s/devices'"#,
                #"swift run --package-path 'my mappers/it'\''s' heat-pump-mapper run --profile 'my mappers/it'\''s/devices'"#,
            ]
        )
    }
}
