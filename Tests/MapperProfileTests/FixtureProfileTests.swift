// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperProfile
import Testing

@Suite("Devices as KubeEdge and its users wrote them", .enabled(if: Fixtures.areThere))
struct FixtureProfileTests {
    @Test("Each file loads, or is refused with the right complaint", arguments: Expectation.all)
    func table(_ expectation: Expectation) {
        let (result, diagnostics) = expectation.load()
        #expect(result == expectation.result)
        guard ProcessInfo.processInfo.environment["MAPPERKIT_PRINT_TABLE"] != nil else { return }
        let said = diagnostics.map { "    \($0)".replacing("\(Fixtures.root ?? "")/", with: "") }
        print(([expectation.files.joined(separator: " + ") + ": \(result)"] + said).joined(separator: "\n"))
    }

    @Test("No file is forgotten")
    func complete() {
        let known = Set(Expectation.all.flatMap(\.files))
        let there = ["kubeedge", "kubeedge-v1beta1"].flatMap { folder in
            [".json", ".yaml"].flatMap { Fixtures.files(under: folder, ending: $0) }
        }
        // Recordings of messages and of conversions are no profiles.
        let profiles = there.filter { !$0.contains("membership") && !$0.contains("conversion-vectors") }
        #expect(profiles.filter { !known.contains($0) } == [])
        #expect(profiles.count > 120)
    }

    @Test("CloudCore's profile says the same as the objects it was made of")
    func generated() throws {
        let inputs = try Self.inputs()
        #expect(inputs.count > 25)
        for (profile, objects) in inputs {
            let left = try Expectation.loads(profile, 0, 0, 0).profile()
            let right = try Expectation(files: objects, result: .refused("")).profile()
            let withDesired = !profile.contains("/v1.3.1")
            func essences(_ profile: DeviceProfile) -> Set<DeviceInstance> {
                Set(profile.devices.map { Self.essence($0, withDesired: withDesired) })
            }
            #expect(essences(left) == essences(right), "\(profile)")
        }
    }

    /// The device without what CloudCore drops or adds on the way: zeros, empty groups, limits that were not given, and
    /// in v1alpha1 desired values.
    private static func essence(_ device: DeviceInstance, withDesired: Bool) -> DeviceInstance {
        var device = device
        device.protocolConfig = essence(device.protocolConfig)
        device.properties = device.properties.map { property in
            var property = property
            property.visitor = essence(property.visitor)
            if property.model.range.minimum?.number == 0 { property.model.range.minimum = nil }
            if !withDesired { (property.desired, property.declaredTwinType) = (nil, nil) }
            return property
        }
        return device
    }

    private static func essence(_ node: ConfigNode) -> ConfigNode {
        guard let entries = node.entries else { return node }
        let vanishing: [ConfigNode] = [0, false, [:], ConfigNode(.null)]
        var kept: [ConfigNode.Entry] = []
        // The lists of bytes in `dataWrite` become base64.
        for entry in entries where entry.key != "dataWrite" {
            let value = essence(entry.value)
            if !vanishing.contains(value) { kept.append(ConfigNode.Entry(entry.key, value)) }
        }
        return ConfigNode(.mapping(kept))
    }

    /// What each generated profile was made of, as the fixtures' index says; without the sample that is indented wrongly,
    /// whose keys the API server drops.
    private static func inputs() throws -> [String: [String]] {
        let index = try String(contentsOfFile: Fixtures.path("kubeedge/INDEX.md"), encoding: .utf8)
        var inputs: [String: [String]] = [:]
        for line in index.split(separator: "\n") where !line.contains("misindented") {
            let quoted = line.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }
            let names = quoted.map { "kubeedge/\($0.element)" }
            guard let output = names.first, output.contains("generated/"), output.hasSuffix("deviceProfile.json") else {
                continue
            }
            if names.count > 1 { inputs[output] = Array(Set(names.dropFirst())).sorted() }
        }
        return inputs
    }

    @Test("ConfigMaps as CloudCore sends them to the API server", arguments: ["v1.3.1", "v1.6.2", "v1.14.0"])
    func captures(version: String) throws {
        let files = Fixtures.files(under: "wire/\(version)/cloud", ending: "-configmap.json")
        #expect(files.count > 5)
        var devices = 0
        for file in files {
            let data = try Data(contentsOf: URL(fileURLWithPath: Fixtures.path(file)))
            let capture = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
            let request = try #require(capture["data"] as? [String: Any])
            guard let body = request["body"] as? [String: Any], let parsed = request["deviceProfile"] else { continue }
            let object = try JSONSerialization.data(withJSONObject: body)
            let alone = try JSONSerialization.data(withJSONObject: parsed)
            let loaded = try ProfileLoader().load(contents: [("configmap.json", Array(object))])
            #expect(try ProfileLoader().load(contents: [("p.json", Array(alone))]).profile == loaded.profile, "\(file)")
            devices += loaded.profile.devices.count
        }
        #expect(devices > 10)
    }
}

extension Expectation {
    func profile() throws(ConfigurationError) -> DeviceProfile {
        try ProfileLoader().load(files.map(Fixtures.path)).profile
    }
}
