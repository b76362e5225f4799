// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile
import Testing

@Suite("Methods of devices")
struct MethodTests {
    private static let methods = """
          methods:
            - name: start
              description: let it run
              propertyNames: [speed]
        """

    private static let text = SampleProfile.yaml + "\n" + methods + "\n"

    private func examine(_ old: String, _ new: String) throws -> ExaminedProfile {
        let folder = try ScratchFolder()
        let path = try folder.write("p.yaml", Self.text.replacing(old, with: new))
        var examined = ProfileLoader().examine([path])
        examined.diagnostics = examined.diagnostics.map { diagnostic in
            var diagnostic = diagnostic
            diagnostic.location?.file = "p.yaml"
            return diagnostic
        }
        return examined
    }

    @Test("They are names for properties, and no part of what a running device is")
    func read() throws {
        let examined = try examine("nothing", "nothing")
        #expect(examined.diagnostics == [])
        let device = try #require(examined.profile.devices.first)
        #expect(
            device.methods == [DeviceMethod(name: "start", description: "let it run", propertyNames: ["speed"])]
        )
        var other = device
        other.methods = []
        #expect(other == device)
    }

    @Test(
        "What is wrong with them is found, with place",
        arguments: [
            ("- name: start\n      d", "- d", "39:7: error: device 'plant/pump', method: 'name' is missing"),
            (
                "name: start", "name: ''",
                "39:13: error: device 'plant/pump', method: 'name' must not be empty"
            ),
            (
                "propertyNames: [speed]", "propertyNames: [sped, speed]",
                "41:23: error: method 'start' of device 'plant/pump': the device has no property 'sped', did you mean 'speed'?"
            ),
            (
                "propertyNames: [speed]", "propertyNames: [speed, speed]",
                "41:30: warning: method 'start' of device 'plant/pump': property 'speed' is named twice"
            ),
            (
                "propertyNames: [speed]", "propertyNames: speed",
                "41:22: error: method 'start' of device 'plant/pump': 'propertyNames' must be a list, not 'speed'"
            ),
            (
                "propertyNames: [speed]", "propertyNames: [1, speed]",
                "41:23: error: method 'start' of device 'plant/pump': 'propertyNames' must be a list of texts, not of '1'"
            ),
            (
                "propertyNames: [speed]", "propertyNames: []",
                "39:13: warning: method 'start' of device 'plant/pump': no 'propertyNames', so there is nothing to write"
            ),
            (
                "description: let", "descripton: let",
                "40:7: warning: method 'start' of device 'plant/pump': unknown key 'descripton', did you mean 'description'? (name, description, propertyNames are allowed)"
            ),
            (
                "propertyNames: [speed]", "propertyNames: [speed]\n    - {name: start, propertyNames: [speed]}",
                "42:14: error: method 'start' of device 'plant/pump' is given twice"
            ),
        ]
    )
    func wrong(old: String, new: String, complaint: String) throws {
        let said = try examine(old, new).diagnostics.map(\.description)
        #expect(said == ["p.yaml:\(complaint)"])
    }

    @Test("A property that cannot be written is an error in a file, and left out of what EdgeCore sends")
    func readOnly() throws {
        let examined = try examine("accessMode: ReadWrite", "accessMode: ReadOnly")
        let complaint =
            "method 'start' of device 'plant/pump': property 'speed' is ReadOnly in the device model, so it cannot be written"
        #expect(examined.diagnostics.map(\.description).contains("p.yaml:41:23: error: \(complaint)"))
        let bytes = Array(Self.text.replacing("accessMode: ReadWrite", with: "accessMode: ReadOnly").utf8)
        let objects = try ConfigReader().parse(bytes, file: "p.yaml")
        let sent = ProfileLoader().examine(objects: objects)
        #expect(sent.diagnostics.map(\.description).contains("p.yaml:41:23: warning: \(complaint); it is left out"))
        #expect(sent.profile.devices.first?.methods == [])
        #expect(sent.profile.devices.first?.properties.count == 1)
    }

    @Test("KubeEdge's own samples", .enabled(if: Fixtures.areThere))
    func samples() throws {
        func methods(_ files: String...) throws -> [String: [String]] {
            let profile = try ProfileLoader().load(files.map { Fixtures.path("kubeedge-v1beta1/\($0)") }).profile
            let methods = profile.devices.flatMap(\.methods).map { ($0.name, $0.propertyNames) }
            return Dictionary(uniqueKeysWithValues: methods)
        }
        #expect(
            try methods("authored/full-device.yaml", "authored/full-model.yaml") == ["setSwitch": ["switch"]]
        )
        #expect(
            try methods("upstream/examples_counter-instance.yaml", "upstream/examples_counter-model.yaml")
                == ["UpdateStatus": ["status"], "SetCount": ["count"]]
        )
        #expect(
            try methods("upstream/examples_temperature-instance.yaml", "upstream/examples_temperature-model.yaml")
                == ["SwitchControl": ["temperature-switch"], "UpdateTemperature": ["temperature"]]
        )
    }
}
