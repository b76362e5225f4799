// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperProfile
import Testing

@Suite("Where profiles come from")
struct LoadingTests {
    @Test("A directory: its files in order, kubelet's own names left out; models and devices in different files")
    func directory() throws {
        let folder = try ScratchFolder()
        let parts = SampleProfile.yaml.components(separatedBy: "---\n")
        _ = try folder.write("a-device.yml", parts[1])
        _ = try folder.write("b-model.yaml", parts[0])
        _ = try folder.write("c.JSON", SampleProfile.json)
        _ = try folder.write(".hidden.json", "nonsense")
        _ = try folder.write("notes.txt", "nonsense")
        try FileManager.default.createDirectory(atPath: "\(folder.path)/..data", withIntermediateDirectories: true)
        let profile = try ProfileLoader().load([folder.path]).profile
        #expect(profile.devices.map(\.id.description) == ["plant/pump", "boiler"])
        #expect(profile.devices.first?.location?.file == "\(folder.path)/a-device.yml")
        #expect(try ProfileLoader().load(["\(folder.path)/"]).profile == profile)
    }

    @Test("All problems of all files at once, in the order of the files")
    func allAtOnce() {
        let model = SampleProfile.json.replacing("flaot", with: "float").replacing(
            #""dataType":"int""#,
            with: #""dataType":"itn""#
        )
        let error = #expect(throws: ConfigurationError.self) {
            try ProfileLoader().load(contents: [
                ("z.yaml", Array("a: [1".utf8)), ("b.json", Array(model.utf8)), ("a.json", Array("{".utf8)),
            ])
        }
        #expect(error?.diagnostics.map { $0.location?.file ?? "" } == ["z.yaml", "b.json", "a.json"])
    }

    @Test("The same model in two files, even word for word, is one too many")
    func modelTwice() {
        let model = SampleProfile.yaml.components(separatedBy: "---\n")[0]
        let error = #expect(throws: ConfigurationError.self) {
            try ProfileLoader().load(contents: [
                ("a.yaml", Array(SampleProfile.yaml.utf8)), ("b.yaml", Array(model.utf8)),
            ])
        }
        #expect(
            error?.description
                == "b.yaml:4:9: error: model 'plant/pump-model' is given twice (first at a.yaml:4:9)"
        )
    }

    @Test("Namespaces: a model is found where device and model do not contradict each other")
    func namespaces() throws {
        let models = ["one", "two"].map {
            SampleProfile.yaml.components(separatedBy: "---\n")[0].replacing("plant", with: $0)
        }
        let device = SampleProfile.yaml.components(separatedBy: "---\n")[1]
        func load(_ texts: [String]) throws(ConfigurationError) -> DeviceProfile {
            try ProfileLoader().load(contents: texts.enumerated().map { ("\($0.offset).yaml", Array($0.element.utf8)) })
                .profile
        }
        let anywhere = device.replacing("  namespace: plant\n", with: "")
        #expect(try load([models[0], device.replacing("plant", with: "one")]).devices.first?.id.namespace == "one")
        #expect(try load([models[0], anywhere]).devices.first?.id == DeviceID("pump"))
        let error = #expect(throws: ConfigurationError.self) { try load(models + [anywhere]) }
        #expect(
            error?.description
                == "2.yaml:7:11: error: device 'pump': model 'pump-model' can be 'one/pump-model', 'two/pump-model': give the device a namespace"
        )
    }

    @Test("A List, and objects of other kinds")
    func list() throws {
        let items = SampleProfile.oldYAML.components(separatedBy: "---\n").map {
            "- " + $0.replacing("\n", with: "\n  ")
        }
        let text =
            "apiVersion: v1\nkind: List\nitems:\n\(items.joined(separator: "\n"))\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\n"
        let loaded = try ProfileLoader().load(contents: [("l.yaml", Array(text.utf8))])
        #expect(loaded.profile.devices.map(\.id.name) == ["fan"])
        #expect(loaded.warnings.map(\.message) == ["Deployment 'x': ignored: it describes no device"])
    }

    @Test(
        "Nothing to find",
        arguments: [
            ("{}", "p.json", "warning: there is no device in p.json"),
            ("# nothing\n", "p.yaml", "p.yaml:1:1: error: the file holds nothing"),
            ("[1]", "p.json", "p.json:1:1: error: document: expected a group of keys, not a list"),
            (
                "deviceInstance: []", "p.yaml",
                "p.yaml:1:1: error: neither a device profile (deviceInstances, deviceModels, protocols, propertyVisitors) nor a Kubernetes object (apiVersion, kind), did you mean 'deviceInstances'?"
            ),
            (
                "mqtt: {server: x}", "p.yaml",
                "p.yaml:1:1: error: neither a device profile (deviceInstances, deviceModels, protocols, propertyVisitors) nor a Kubernetes object (apiVersion, kind)"
            ),
        ]
    )
    func nothing(text: String, file: String, finding: String) {
        do {
            #expect(
                try ProfileLoader().load(contents: [(file, Array(text.utf8))]).warnings.map(\.description) == [finding]
            )
        } catch {
            #expect("\(error)" == finding)
        }
    }

    /// The ways in which tools write the ConfigMap object.
    static let configMaps: [(name: String, file: String, text: String)] = {
        let profile = SampleProfile.json.replacing("float", with: "flaot")
        let compact = profile.replacing("\n", with: "")
        let head = "kind: ConfigMap\nmetadata: {name: é}\ndata:\n  other: ö\n  deviceProfile.json: "
        let quoted = "\"" + compact.replacing("\"", with: "\\\"") + "\""
        return [
            ("block", "c.yaml", head + "|\n    " + profile.replacing("\n", with: "\n    ")),
            ("single quotes", "c.yaml", head + "'" + compact.replacing("plant", with: "é''s") + "'\n"),
            ("double quotes", "c.yaml", head + quoted.replacing("plant", with: "\\u00e9s") + "\n"),
            ("JSON", "c.json", "{\"kind\":\"ConfigMap\",\"data\":{\n\"é\":1,\"deviceProfile.json\":\(quoted)}}"),
        ]
    }()

    /// The place of the misspelt type's opening quote, or of the backslash before that.
    private func placeOfType(in text: String) -> (line: Int, column: Int)? {
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            guard let found = line.firstRange(of: "flaot") else { continue }
            let before = line[..<found.lowerBound]
            return (index + 1, before.count + 1 - (before.hasSuffix("\\\"") ? 2 : 1))
        }
        return nil
    }

    @Test("A whole ConfigMap object; places are those of its file", arguments: configMaps.map(\.name))
    func configMap(name: String) throws {
        let sample = try #require(Self.configMaps.first { $0.name == name })
        let error = #expect(throws: ConfigurationError.self) {
            try ProfileLoader().load(contents: [(sample.file, Array(sample.text.utf8))])
        }
        #expect(
            error?.description.contains("error: property 'temperature' of model 'boiler-model': the type is 'flaot'")
                == true
        )
        let place = try #require(placeOfType(in: sample.text))
        #expect(error?.diagnostics.first?.location?.line == place.line)
        #expect(error?.diagnostics.first?.location?.column == place.column)
        let good = sample.text.replacing("flaot", with: "float")
        let profile = try ProfileLoader().load(contents: [(sample.file, Array(good.utf8))]).profile
        #expect(profile.devices.map(\.id.name) == ["boiler"])
    }

    @Test("A ConfigMap in which no place can be told but the text's start")
    func folded() throws {
        let compact = SampleProfile.json.replacing("float", with: "flaot").replacing("\n", with: "")
        let text = "kind: ConfigMap\ndata:\n  deviceProfile.json: >-\n    \(compact)\n"
        let error = #expect(throws: ConfigurationError.self) {
            try ProfileLoader().load(contents: [("c.yaml", Array(text.utf8))])
        }
        #expect(error?.diagnostics.first?.location == SourceLocation(file: "c.yaml", line: 3, column: 23))
    }

    @Test("A ConfigMap without a profile")
    func otherConfigMap() throws {
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {config.yaml: \"a: 1\"}\n"
        let loaded = try ProfileLoader().load(contents: [("c.yaml", Array(text.utf8))])
        #expect(
            loaded.warnings.map(\.description) == [
                "warning: there is no device in c.yaml",
                "c.yaml:4:7: warning: ConfigMap 'x': ignored: there is no 'deviceProfile.json' in it",
            ]
        )
    }
}
