// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile
import Testing

@testable import MapperCommand

@Suite("The configuration files that come with the mappers")
struct ConfigFileTests {
    static let files = ["mappers/modbus/config.yaml", "mappers/bluetooth/config.yaml"]

    /// The file with everything that is commented out.
    private static func complete(_ file: String) throws -> ConfigNode {
        let lines = try Project.text(file).split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let indentation = line.prefix { $0 == " " }
            let rest = line.dropFirst(indentation.count)
            guard rest.hasPrefix("# ") else { return String(line) }
            let text = rest.dropFirst(2)
            let key = text.prefix { $0.isLetter || $0 == "_" }
            let isKey = !key.isEmpty && (text.dropFirst(key.count) == ":" || text.dropFirst(key.count).hasPrefix(": "))
            return isKey ? "\(indentation)\(text)" : String(line)
        }
        let documents = try ConfigReader().parse(Array(lines.joined(separator: "\n").utf8), file: file)
        return try #require(documents.first)
    }

    @Test("explain every key with an effect, and no other", arguments: files)
    func complete(file: String) throws {
        let tree = try Self.complete(file)
        var written: Set<String> = []
        for entry in tree.entries ?? [] {
            let keys = entry.value.entries?.map { "\(entry.key).\($0.key)" } ?? [entry.key]
            written.formUnion(keys)
        }
        var known: Set<String> = []
        for group in KeyGroup.settings {
            let name = group.pointer.split(separator: "/").last.map { "\($0)." } ?? ""
            for (key, schema) in try group.schema.properties(group.pointer)
            where schema["deprecationMessage"] == nil && schema["properties"] == nil {
                known.insert(name + key)
            }
        }
        #expect(written == known)
    }

    @Test("show values that decode", arguments: files)
    func values(file: String) throws {
        let outcome = ConfigDecoder.decode(SettingsTree.self, from: try Self.complete(file), subject: "configuration")
        #expect(outcome.diagnostics.map(\.description) == [])
        let asItIs = try #require(try ConfigReader().read(file: Project.path(file)).first)
        #expect(try KeyGroup.settingsTrial(of: asItIs).diagnostics.map(\.description) == [])
    }

    @Test(
        "show the schema's defaults, and values that the schema takes",
        .enabled(if: SchemaVerdicts.isAvailable, "needs the Debian package python3-jsonschema"),
        arguments: files
    )
    func schema(file: String) throws {
        let tree = try Self.complete(file)
        let complaints = try SchemaVerdicts.complaints([SchemaVerdicts.Question(schema: .config, document: tree)])
        #expect(complaints == [[]])
        for group in KeyGroup.settings {
            let here = group.pointer.split(separator: "/").last.map { tree[String($0)] } ?? tree
            for (key, schema) in try group.schema.properties(group.pointer) {
                guard let value = schema["default"] else { continue }
                #expect(here?[key] == value, "\(key)")
            }
        }
    }

    @Test("name the schema in their first line, as all files of devices here do")
    func firstLine() throws {
        let devices = Project.files(under: "device-models", ending: ".yaml")
        #expect(devices.count > 30)
        for file in Self.files {
            let line = "# yaml-language-server: $schema=../config.schema.json\n"
            #expect(try Project.text(file).hasPrefix(line), "\(file)")
        }
        for file in devices {
            let line = "# yaml-language-server: $schema=../../mappers/profile.schema.json\n"
            #expect(try Project.text(file).hasPrefix(line), "\(file)")
        }
    }
}
