// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile
import Testing

@Suite("Objects that come as trees")
struct ObjectTreeTests {
    /// The objects of the sample, as they are or changed in one place, without places.
    private func trees(_ old: String = "", _ new: String = "") throws -> [ConfigNode] {
        let text = old.isEmpty ? SampleProfile.yaml : SampleProfile.yaml.replacing(old, with: new)
        #expect(old.isEmpty || text != SampleProfile.yaml)
        return try ConfigReader().parse(Array(text.utf8), file: "p.yaml").map(Self.withoutPlaces)
    }

    private static func withoutPlaces(_ node: ConfigNode) -> ConfigNode {
        switch node.content {
        case .sequence(let elements): ConfigNode(.sequence(elements.map(withoutPlaces)))
        case .mapping(let entries):
            ConfigNode(.mapping(entries.map { ConfigNode.Entry($0.key, withoutPlaces($0.value)) }))
        default: ConfigNode(node.content)
        }
    }

    @Test("They mean what they mean in a file")
    func same() throws {
        let loaded = try ProfileLoader().load(contents: [("p.yaml", Array(SampleProfile.yaml.utf8))])
        let examined = ProfileLoader().examine(objects: try trees())
        #expect(examined.profile == loaded.profile)
        #expect(examined.diagnostics == [])
        #expect(ProfileLoader().examine(objects: []).diagnostics == [])
    }

    @Test(
        "What cannot be used is left out of its device and said, the rest stays",
        arguments: [
            (
                "    - name: speed\n      reportToCloud", "    - name: level\n    - name: speed\n      reportToCloud",
                "error: device 'plant/pump': property visitor 'level': model 'plant/pump-model' has no such property",
                ["speed"]
            ),
            (
                "type: INT", "type: STREAM",
                "warning: property 'speed' of model 'plant/pump-model': values of type STREAM are not supported: it is left out",
                []
            ),
            (
                "type: INT", "type: LONG",
                "error: property 'speed' of model 'plant/pump-model': the type is 'LONG' (int, float, double, boolean, string, bytes are allowed)",
                []
            ),
            (
                "      visitors:\n        protocolName: modbus\n        configData:\n          register: HoldingRegister",
                "      visitors: {}",
                "error: property 'speed' of device 'plant/pump': it has no visitor, so there is no way to read it: it is left out",
                []
            ),
            (
                "\"1500\"", "\"4000\"",
                "warning: property 'speed' of device 'plant/pump': the desired value cannot be applied: 4000 is outside the model's limits (0…3000); it is left out",
                ["speed"]
            ),
            (
                "collectCycle: 2000", "collectCycle: -7",
                "error: property 'speed' of device 'plant/pump': 'collectCycle' is -7: it must be positive, 0 for the default of 1 s, or -1",
                ["speed"]
            ),
        ]
    )
    func leftOut(old: String, new: String, complaint: String, properties: [String]) throws {
        let examined = ProfileLoader().examine(objects: try trees(old, new))
        #expect(examined.diagnostics.map(\.description) == [complaint])
        let device = try #require(examined.profile.devices.first)
        #expect(device.id == DeviceID("pump", namespace: "plant"))
        #expect(device.properties.map(\.name) == properties)
        #expect(device.protocolConfig == ["ip": "127.0.0.1"])
    }

    @Test("A device without its model, or that is no device, withholds no other")
    func others() throws {
        let good = try trees()
        let orphan = try trees(
            "name: pump\n  namespace: plant\nspec:\n  deviceModelRef:\n    name: pump-model",
            "name: fan\n  namespace: plant\nspec:\n  deviceModelRef:\n    name: fan-model"
        )[1]
        let strange: [ConfigNode] = [
            "text", ConfigNode(.null), [1], ["kind": "Pod"], ["kind": 5],
            ["kind": "Device", "apiVersion": "devices.kubeedge.io/v9", "metadata": ["name": "x"]],
        ]
        let examined = ProfileLoader().examine(objects: [orphan] + strange + good)
        #expect(examined.profile.devices.map(\.id) == [DeviceID("pump", namespace: "plant")])
        #expect(examined.diagnostics.count == 1 + strange.count)
        #expect(examined.diagnostics.allSatisfy { $0.severity == .error && $0.location == nil })
    }

    @Test("A tree of any depth and size is refused, not walked to the end")
    func bounds() throws {
        var deep: ConfigNode = [:]
        for _ in 0..<1000 { deep = ["spec": deep] }
        let wide = ConfigNode(.sequence(Array(repeating: 1, count: 1_000_001)))
        let examined = ProfileLoader().examine(objects: [deep, wide] + (try trees()))
        #expect(examined.profile.devices.count == 1)
        #expect(
            examined.diagnostics.map(\.description)
                == Array(repeating: "error: object: too large: at most 1000000 values, 100 deep", count: 2)
        )
    }

    @Test("Whatever stands in a tree, the device beside it is there")
    func damaged() throws {
        let good = try trees()
        let other = try trees("name: pump\n", "name: other\n")
        var random = SplinterSource()
        for _ in 0..<2000 {
            let broken = other.map { random.damage($0) }
            let examined = ProfileLoader().examine(objects: good + broken)
            #expect(examined.profile.device(DeviceID("pump", namespace: "plant"))?.properties.count == 1)
        }
    }
}

/// Puts wrong nodes into trees, always the same ones.
private struct SplinterSource {
    private var state: UInt64 = 7

    private mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    private static let splinters: [ConfigNode] = [
        ConfigNode(.null), true, 0, -1, ConfigNode(.int(.min)), ConfigNode(.int(.max)), 1e300,
        ConfigNode(.double(.nan)),
        ConfigNode(.double(.infinity)), "", "é\u{0}\n", "STREAM", "{\"a\":", [], [:], [[]], ["": ""],
        ["name": "speed", "propertyNames": [1, "speed"]], ConfigNode(.mapping([.init("a", 1), .init("a", 2)])),
    ]

    mutating func damage(_ node: ConfigNode) -> ConfigNode {
        if next(25) == 0 { return Self.splinters[next(Self.splinters.count)] }
        switch node.content {
        case .sequence(let elements): return ConfigNode(.sequence(elements.map { damage($0) }))
        case .mapping(let entries):
            return ConfigNode(.mapping(entries.map { ConfigNode.Entry($0.key, damage($0.value)) }))
        default: return node
        }
    }
}
