// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile
import Testing

@Suite("Drivers see one shape, whatever version wrote the devices")
struct NormalisationTests {
    private func load(_ text: String, _ file: String) throws -> LoadedProfile {
        try ProfileLoader().load(contents: [(file, Array(text.utf8))])
    }

    @Test("A ConfigMap of v1.9 to v1.14")
    func second() throws {
        let profile = try load(SampleProfile.json, "p.json").profile
        let device = try #require(profile.devices.first)
        #expect(device.id == DeviceID("boiler"))
        #expect(device.modelName == "boiler-model")
        #expect(device.protocolName == "modbus")
        #expect(device.protocolConfig == ["slaveID": 1, "ip": "127.0.0.1", "port": 1502, "communicateMode": "TCP"])
        #expect(device.dataTopic == "plant/boiler")
        let temperature = try #require(device.property("temperature"))
        #expect(temperature.model.dataType == .float)
        #expect(temperature.model.accessMode == .readOnly)
        #expect(temperature.model.range == ValueRange(minimum: .double(-40.5), maximum: .double(125)))
        #expect(temperature.visitor == ["register": "InputRegister", "offset": 1])
        #expect(temperature.collectCycle == .milliseconds(500))
        #expect(temperature.reportCycle == .seconds(1))
        #expect(!temperature.isTwin && temperature.isTelemetry)
        let setpoint = try #require(device.property("setpoint"))
        #expect(setpoint.isTwin && !setpoint.isTelemetry)
        #expect(setpoint.desired == "40")
        #expect(setpoint.declaredTwinType == "int")
        #expect(setpoint.collectCycle == .seconds(1))
    }

    @Test("Telemetry of v1.4 to v1.8 stands in the instance itself")
    func dataInInstance() throws {
        let text = SampleProfile.json.replacing(
            #""data":{"dataProperties":[{"propertyName":"temperature"}],"dataTopic":"plant/boiler"}"#,
            with: #""dataProperties":[{"propertyName":"temperature"}],"dataTopic":"plant/boiler""#
        )
        #expect(try load(text, "p.json").profile == load(SampleProfile.json, "p.json").profile)
    }

    @Test("Objects of v1alpha1, and the ConfigMap made of them")
    func first() throws {
        let objects = try load(SampleProfile.oldYAML, "p.yaml").profile
        let device = try #require(objects.devices.first)
        #expect(device.protocolName == "modbus")
        #expect(device.protocolConfig == ["serialPort": "/dev/ttyS0", "slaveID": 2, "communicateMode": "RTU"])
        let level = try #require(device.property("level"))
        #expect(level.visitor == ["register": "HoldingRegister", "offset": 3, "limit": 1])
        #expect(level.model.range == ValueRange(maximum: .int(5)))
        #expect(level.isTwin && level.desired == "4" && level.declaredTwinType == "int")
        let json = """
            {"deviceInstances":[{"id":"fan","name":"fan","protocol":"modbus-rtu-fan","model":"fan-model"}],
            "deviceModels":[{"name":"fan-model","properties":[{"name":"level","dataType":"int","accessMode":"ReadWrite",
            "defaultValue":0,"maximum":5}]}],"protocols":[{"protocol_config":null},{"name":"modbus-rtu-fan",
            "protocol":"modbus-rtu","protocol_config":{"serialPort":"/dev/ttyS0","slaveID":2}}],
            "propertyVisitors":[{"name":"level","propertyName":"level","modelName":"fan-model","protocol":"modbus",
            "visitorConfig":{"register":"HoldingRegister","offset":3,"limit":1}}]}
            """
        var profile = try load(json, "p.json").profile
        // Desired values of that generation come by MQTT only.
        profile.devices[0].properties[0].desired = "4"
        profile.devices[0].properties[0].declaredTwinType = "int"
        #expect(profile == objects)
    }

    @Test("Objects of v1beta1, with what the model lends its devices")
    func third() throws {
        let text = SampleProfile.yaml
            .replacing(
                "  protocol: modbus\n  properties",
                with: "  protocol: modbus\n  protocolConfigData: {ip: 10.0.0.1, port: 502}\n  properties"
            )
            .replacing(
                "      maximum: \"3000\"",
                with:
                    "      maximum: \"3000\"\n      visitors: {protocolName: modbus, configData: {register: InputRegister, limit: 2}}"
            )
        let loaded = try load(text, "p.yaml")
        #expect(loaded.warnings.isEmpty)
        let device = try #require(loaded.profile.device(DeviceID("pump", namespace: "plant")))
        #expect(device.protocolConfig == ["ip": "127.0.0.1", "port": 502])
        let speed = try #require(device.property("speed"))
        #expect(speed.visitor == ["register": "HoldingRegister", "limit": 2])
        #expect(speed.collectCycle == .seconds(2))
        #expect(speed.isTwin && speed.desired == "1500" && speed.declaredTwinType == nil)
        #expect(speed.model.range == ValueRange(minimum: .int(0), maximum: .int(3000)))
        #expect(loaded.profile.models.first?.id == DeviceID("pump-model", namespace: "plant"))
    }

    @Test("A customized protocol goes by its own name, its configData flat")
    func customized() throws {
        let text = """
            {"deviceInstances":[{"id":"x","protocol":"c-x","model":"m","propertyVisitors":[
            {"propertyName":"p","protocol":"customized-protocol","collectCycle":-1,"reportCycle":-1,
            "customizedValues":{"unit":"K"},"visitorConfig":{"protocolName":"mine","configData":{"addr":"0x10"}}}]}],
            "deviceModels":[{"name":"m","properties":[{"name":"p","dataType":"BYTES","accessMode":"ReadOnly"}]}],
            "protocols":[{"name":"c-x","protocol":"customized-protocol","protocolConfig":{"protocolName":"mine",
            "configData":{"host":"h"}},"protocolCommonConfig":{"com":{"baudRate":9600},"collectTimeout":2,
            "customizedValues":{"id":1}}}]}
            """
        let device = try #require(try load(text, "p.json").profile.devices.first)
        #expect(device.protocolName == "mine")
        #expect(device.protocolConfig == ["host": "h", "baudRate": 9600, "collectTimeout": 2, "id": 1])
        #expect(device.properties.first?.visitor == ["addr": "0x10", "unit": "K"])
        #expect(device.properties.first?.model.dataType == .bytes)
        #expect(device.properties.first?.collectCycle == nil)
        #expect(device.properties.first?.reportCycle == .seconds(1))
    }

    @Test(
        "Modbus over a line or a connection",
        arguments: [
            (#"{"tcp":{"ip":"h"}}"#, "TCP"), (#"{"com":{"serialPort":"/dev/x"}}"#, "RTU"), ("null", nil),
            (#"{"tcp":{"ip":"h"},"com":{"serialPort":"/dev/x"},"commType":"tcp client"}"#, "TCP"),
            (#"{"tcp":{"ip":"h"},"com":{"serialPort":"/dev/x"},"commType":"RTU"}"#, "RTU"),
            (#"{"tcp":{"ip":"h"},"com":{"serialPort":"/dev/x"}}"#, nil),
            (#"{"tcp":{"ip":"h"},"customizedValues":{"communicateMode":"RTU"}}"#, "RTU"),
        ] as [(String, String?)]
    )
    func communicateMode(common: String, mode: String?) throws {
        let text = SampleProfile.json.replacing(#"{"tcp":{"ip":"127.0.0.1","port":1502}}"#, with: common)
        let device = try #require(try load(text, "p.json").profile.devices.first)
        #expect(device.protocolConfig["communicateMode"]?.string == mode)
    }

    @Test(
        "Limits that CloudCore writes although the model has none",
        arguments: [
            (#""minimum":0,"maximum":0"#, ValueRange()), (#""minimum":5,"maximum":0"#, ValueRange(minimum: .int(5))),
            (#""minimum":0,"maximum":-5"#, ValueRange(maximum: .int(-5))),
            (#""maximum":7"#, ValueRange(maximum: .int(7))),
            (#""minimum":0.5,"maximum":99.5"#, ValueRange(minimum: .double(0.5), maximum: .double(99.5))),
            (#""minimum":"1","maximum":"""#, ValueRange(minimum: .int(1))),
        ]
    )
    func limits(keys: String, range: ValueRange) throws {
        let text = SampleProfile.json.replacing(#""minimum":0,"maximum":100"#, with: keys)
        let desired = text.replacing(#""value":"40""#, with: #""value":"""#)
        #expect(try load(desired, "p.json").profile.devices.first?.property("setpoint")?.model.range == range)
    }

    @Test("A device without a protocol is there, with nothing to read")
    func withoutProtocol() throws {
        let text = SampleProfile.json.replacing(#""protocol":"modbus-boiler","model""#, with: #""model""#)
            .replacing(
                #"{"name":"modbus-boiler","#,
                with: #"{"protocolConfig":null,"protocolCommonConfig":null},{"name":"modbus-boiler","#
            )
        let loaded = try load(text, "p.json")
        #expect(loaded.profile.devices.first?.protocolName == nil)
        #expect(loaded.profile.devices.first?.properties.isEmpty == true)
        #expect(
            loaded.warnings.map(\.description) == [
                "p.json:2:3: warning: device 'boiler': it has no protocol, so no mapper can reach it"
            ]
        )
    }

    @Test(
        "Every node of a device has a place",
        arguments: [
            ("p.json", SampleProfile.json), ("p.yaml", SampleProfile.yaml), ("p.yaml", SampleProfile.oldYAML),
        ]
    )
    func places(file: String, text: String) throws {
        func check(_ node: ConfigNode) {
            #expect(node.location?.file == file)
            for entry in node.entries ?? [] {
                #expect(entry.keyLocation?.file == file)
                check(entry.value)
            }
            (node.elements ?? []).forEach(check)
        }
        let device = try #require(try load(text, file).profile.devices.first)
        #expect(device.location?.file == file)
        check(device.protocolConfig)
        device.properties.map(\.visitor).forEach(check)
    }
}
