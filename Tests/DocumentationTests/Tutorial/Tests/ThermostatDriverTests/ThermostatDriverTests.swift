// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing
import ThermostatDriver

@Suite struct ThermostatDriverTests {
    @Test("what the thermostat measures is reported, what is desired is written and read back")
    func bothWays() async throws {
        let room = try TestRoom()
        defer { room.remove() }
        try await withMapper(ThermostatDriver(), profile: room.path) { edge in
            try await edge.expectState(.online)
            try await edge.expectReport("temperature", 21.063)
            try edge.desire("setpoint", "19.5")
            try await edge.expectReport("setpoint", 19.5)
            #expect(try room.text(of: "temp1_max") == "19500")
        }
    }

    @Test("a file that holds no number is no value, and the others are reported")
    func brokenFile() async throws {
        let room = try TestRoom()
        defer { room.remove() }
        try room.set("temp1_input", "none")
        try await withMapper(ThermostatDriver(), profile: room.path) { edge in
            try await edge.expectReport("setpoint", 20)
            #expect(edge.reports.allSatisfy { $0.values["temperature"] == nil })
        }
    }

    @Test("a thermostat that is not there is offline")
    func absent() async throws {
        let room = try TestRoom()
        defer { room.remove() }
        try room.takeAway()
        try await withMapper(ThermostatDriver(), profile: room.path) { edge in
            try await edge.expectState(.offline)
        }
    }

    @Test("the driver keeps the contract")
    func conformance() async throws {
        let room = try TestRoom()
        defer { room.remove() }
        let report = try await DriverConformance.run(ThermostatDriver(), profile: room.path)
        #expect(report.breaches.isEmpty, "\(report)")
    }
}
