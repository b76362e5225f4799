// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperTesting
import SwiftProtobuf
import Testing

@testable import MapperDMI
@testable import mapperctl

/// States, several mappers and what arrives of a definition, against an EdgeCore of this repository.
@Suite("Conformance, states and definitions", .timeLimit(.minutes(2)))
struct B11toB15Tests {
    @Test("B11: states are said in words that EdgeCore takes") func b11() async throws {
        try await Bench.run { bench in
            bench.put(Bench.device())
            try await bench.withMapper { link in
                try await bench.server.history.first { $0.states(of: "boiler-1") == ["online"] ? () : nil }
                bench.driver[Samples.boiler].vanish()
                try await bench.server.history.first { $0.states(of: "boiler-1").last == "offline" ? () : nil }
                var broken = try Samples.device("broken", model: "boiler")
                broken.spec.protocol.protocolName = "scripted"
                broken.spec.properties[0].visitors.configData.data["scale"] = try Samples.text("many")
                let request = DMIRegisterDeviceRequest.with { $0.device = broken }
                let failure = await bench.server.send(.registerDevice(request), to: "scripted")
                #expect(failure?.contains("'scale' must be a number, not 'many'") == true)
                try await bench.server.history.first { $0.states(of: "broken") == ["unhealthy"] ? () : nil }
            }
            #expect(bench.server.history.now.refusals == 0)
            let published = bench.server.history.now.outputs.count { "\($0)".contains("/state/update/result") }
            #expect(published >= 2)
        }
    }

    @Test("B11: an EdgeCore that takes no states gets values all the same") func b11Old() async throws {
        try await Bench.run(version: EdgeCoreVersion(1, 17)) { bench in
            bench.put(Bench.device())
            try await bench.withMapper { _ in
                try await bench.server.history.first { $0.refusals > 0 ? () : nil }
                bench.driver[Samples.boiler].set("temperature", .double(30))
                try await bench.reported("30")
            }
            #expect(bench.server.history.now.refusals == 1)
            #expect(bench.log.lines.contains { $0.contains("EdgeCore before 1.18") })
        }
    }

    @Test("B11: a state that is wanted again and again") func b11Cycle() throws {
        let status = DMIDeviceStatus.with {
            $0.reportToCloud = true
            $0.reportCycle = 20_000
        }
        var cycle = try #require(StateCycle(status, at: .zero))
        #expect([19, 20, 21, 39, 40].map { cycle.isDue(at: .seconds($0)) } == [false, true, false, false, true])
        #expect(StateCycle(DMIDeviceStatus(), at: .zero) == nil)
        #expect(StateCycle(.with { $0.reportCycle = 20_000 }, at: .zero) == nil)
    }

    @Test("B12: every field there is", .enabled(if: Fixtures.areHere, "MAPPERKIT_FIXTURES is not set"))
    func b12() throws {
        let folder = "dmi/golden-v1.23.1"
        let bytes = try Fixtures.data("\(folder)/01-MapperRegisterResponse.bin")
        var registry = DeviceRegistry(protocolName: "vproto") { _ in [] }
        let list = try DMIMapperRegisterResponse(serializedBytes: bytes)
        registry.replace(models: list.modelList, devices: list.deviceList)
        let device = try #require(registry.profile.devices.first)
        #expect(device.id == DeviceID("d1", namespace: "default"))
        #expect(
            device.protocolConfig == [
                "baud": 9600, "big": 16_777_216, "f": 0.1, "ip": "10.0.0.1", "ok": true, "parity": "none", "port": 502,
            ]
        )
        #expect(device.methods.map(\.name) == ["set"])
        let temperature = try #require(device.property("temp"))
        #expect(temperature.model.dataType == .float)
        #expect(temperature.model.unit == "C")
        #expect(temperature.visitor == ["offset": 7, "register": "Holding"])
        #expect(temperature.collectCycle == .seconds(1))
        #expect(device.property("sw")?.model.accessMode == .readWrite)
        #expect(registry.entries[device.id]?.desired == ["sw": "true"])
        #expect(StateCycle(list.deviceList[0].status, at: .zero)?.next == .seconds(10))
        let doubts = registry.entries[device.id]?.findings.filter { $0.message.contains("32-bit floats") } ?? []
        #expect(doubts.map(\.message).count == 1)
    }

    @Test("B13: two mappers for one protocol: the second gets the calls, and nothing breaks") func b13() async throws {
        try await Bench.run { bench in
            bench.put(Bench.device())
            try await bench.withMapper { _ in
                try await bench.reported("21.5")
                let other = try bench.link(bench.configuration("other"))
                let task = Task { try await other.run() }
                try await bench.server.history.first { $0.registrations.count == 2 ? () : nil }
                bench.put(Bench.device(), Bench.device("boiler-2"))
                try await bench.calls(1)
                let devices = try await other.nextProfile { $0.devices.count == 2 }
                #expect(devices.devices.map(\.id.name) == ["boiler-1", "boiler-2"])
                task.cancel()
                try await task.value
            }
            #expect(bench.server.crashes.isEmpty)
            #expect(bench.driver[DeviceID("boiler-2", namespace: "default")].count(of: .open) == 0)
        }
    }

    private struct Fieldbus: Decodable, Sendable, Equatable {
        var ip: String
        var port: Int
        var slaveID: UInt8
        var tcp: Bool
        var timeout: Double
        var label: String
    }

    @Test("B15: numbers have the types that the driver gives them") func b15() throws {
        let instance = DeviceInstance(
            id: Samples.boiler,
            modelName: "boiler",
            protocolName: "fieldbus",
            protocolConfig: [
                "ip": "127.0.0.1", "port": 502, "slaveID": 1, "tcp": true, "timeout": 2.5, "label": 502,
            ],
            properties: [Property(model: Bench.model.properties[0], visitor: ["offset": 1, "scale": 0.1])]
        )
        let message = try DMIDevice(instance, id: instance.id)
        #expect(message.spec.protocol.configData.data["port"]?.isA(Google_Protobuf_FloatValue.self) == true)
        var registry = DeviceRegistry(protocolName: "fieldbus") { _ in [] }
        registry.put(Samples.model())
        registry.put(message)
        let device = try #require(registry.profile.devices.first)
        let outcome = ConfigDecoder.decode(Fieldbus.self, from: device.protocolConfig, subject: "it")
        #expect(outcome.diagnostics.isEmpty)
        let wanted = Fieldbus(ip: "127.0.0.1", port: 502, slaveID: 1, tcp: true, timeout: 2.5, label: "502")
        #expect(outcome.value == wanted)
        #expect(device.properties.first?.visitor == ["offset": 1, "scale": 0.1])
    }
}

extension DMIEdgeLink {
    /// Waits for a profile that satisfies a condition.
    fileprivate func nextProfile(where condition: (DeviceProfile) -> Bool) async throws -> DeviceProfile {
        while let event = await events.next() {
            if case .profile(let profile) = event, condition(profile) { return profile }
        }
        throw CancellationError()
    }
}
