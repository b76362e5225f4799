// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

@testable import MapperCommand

@Suite("run")
struct RunCommandTests {
    private func lines(_ text: String) -> [String] {
        // Without the time, which is the same everywhere here.
        text.split(separator: "\n").map { $0.hasPrefix("2025-") ? String($0.dropFirst(25)) : String($0) }
    }

    @Test("It starts, says what it does, reports, and ends with a signal")
    func runs() async throws {
        let stage = try Stage()
        let path = try stage.file(
            "p.yaml",
            SampleProfile.model + SampleProfile.device() + SampleProfile.device("b", speaks: "other")
        )
        async let status = stage.run(["--profile", path, "--mqtt", "tcp://broker:1883"])
        let report = try await stage.edge.nextReport(of: DeviceID("thermo-01"))
        #expect(report.values["temperature"]?.text == "21.5")
        stage.signals.continuation.yield(.terminate)
        #expect(try await status == .success)
        #expect(stage.left == [])
        let log = lines(stage.error)
        #expect(
            log.first
                == "info  test-mapper starting broker=tcp://broker:1883 devices=1 profile=p.yaml protocol=test version=1.2.3"
        )
        #expect(log.contains("info  test-mapper devices of other protocols are left to other mappers skipped=b"))
        #expect(log.contains("info  test-mapper stopping signal=SIGTERM"))
        #expect(log.last == "info  test-mapper stopped")
        let plan = try #require(stage.plans.first)
        #expect(plan.edge.profile == .paths([path]))
        #expect(plan.profile?.devices.count == 2)
    }

    @Test("Everything that is wrong is said together, and nothing is started")
    func broken() async throws {
        let stage = try Stage()
        try stage.file("config.yaml", "mqtt: {sever: x}\n")
        let path = try stage.file(
            "p.yaml",
            SampleProfile.model + SampleProfile.device(setpoint: "{raw: 1, scale: 0}", mode: "{raw: 1, x: 1}")
        )
        #expect(try await stage.run(["--profile", path]) == .configuration)
        let places = lines(stage.error).map { $0.prefix { $0 != ":" } }
        #expect(places == ["config.yaml", "p.yaml"] || places == ["config.yaml", "p.yaml", "p.yaml"])
        #expect(stage.error.contains("error: a scale of 0 loses the value"))
        #expect(stage.plans.isEmpty)
    }

    @Test("A profile that is asked for must be there; a ConfigMap is waited for")
    func missing() async throws {
        let stage = try Stage()
        #expect(try await stage.run(["--profile", "\(stage.folder)/no.json"]) == .configuration)
        #expect(stage.error.contains("no.json"))
        #expect(stage.plans.isEmpty)

        let patient = try Stage()
        let environment = ["MAPPER_CONFIGMAP": "\(patient.folder)/late.json"]
        async let status = patient.run([], environment: environment)
        try await patient.complained(
            "waiting for the device profile, which is not there yet profile=late.json\n".replacing(
                "late",
                with: "\(patient.folder)/late"
            )
        )
        patient.signals.continuation.yield(.interrupt)
        #expect(try await status == .success)
        #expect(patient.plans.first?.profile == nil)
    }

    @Test("A device that hangs does not keep the mapper from ending")
    func hanging() async throws {
        let stage = try Stage()
        let path = try stage.file("p.yaml", SampleProfile.model + SampleProfile.device(config: "{answers: hang}"))
        async let status = stage.run(["--profile", path])
        try await stage.complained("started")
        stage.signals.continuation.yield(.terminate)
        try await stage.complained("stopping")
        // The grace of the mapper and that of the program are counted at the same time.
        await stage.clock.waitForSleepers(2)
        await stage.clock.advance(by: .milliseconds(1500))
        #expect(try await status == .success)
        #expect(stage.left == [0])
        #expect(stage.error.contains("stopped without waiting any longer for devices that do not let go"))
    }

    @Test("What the link gets to check a later profile finds the driver's errors")
    func laterProfile() async throws {
        let stage = try Stage()
        let path = try stage.file("p.yaml", SampleProfile.model + SampleProfile.device())
        async let status = stage.run(["--profile", path])
        _ = try await stage.edge.nextReport(of: DeviceID("thermo-01"))
        let plan = try #require(stage.plans.first)
        let worse = try stage.file(
            "worse.yaml",
            SampleProfile.model + SampleProfile.device(setpoint: "{raw: 1, scale: 0}")
        )
        let profile = DeviceCatalog(driver: TestDriver()).contents(of: [worse]).profile
        #expect(plan.check(profile).map(\.message) == ["a scale of 0 loses the value"])
        #expect(profile.devices.allSatisfy(plan.concerns))
        stage.signals.continuation.yield(.terminate)
        #expect(try await status == .success)
    }

    @Test("The log is JSON where that is asked for")
    func json() async throws {
        let stage = try Stage()
        try stage.file("config.yaml", "log: {format: json, level: warning}\n")
        let path = try stage.file("p.yaml", SampleProfile.model + SampleProfile.device(config: "{answers: 'no'}"))
        async let status = stage.run(["--profile", path])
        try await stage.complained("\"message\":\"offline, trying on\"")
        stage.signals.continuation.yield(.terminate)
        #expect(try await status == .success)
        #expect(
            stage.error.hasPrefix(
                "{\"time\":\"2025-11-24T16:00:00.000Z\",\"level\":\"warning\",\"logger\":\"test-mapper\","
            )
        )
        #expect(!stage.error.contains("\"info\""))
    }

    @Test("With DMI it reads no profile, and says which sockets it uses")
    func dmi() async throws {
        let stage = try Stage()
        try stage.file("config.yaml", "common: {protocol: thermo}\n")
        async let status = stage.run(["--dmi", "/run/dmi.sock"])
        try await stage.complained("starting")
        stage.signals.continuation.yield(.terminate)
        #expect(try await status == .success)
        #expect(
            lines(stage.error).first
                == "info  test-mapper starting edgecore=/run/dmi.sock protocol=thermo socket=/run/test-mapper.sock "
                + "version=1.2.3"
        )
        let plan = try #require(stage.plans.first)
        #expect(plan.edge.dmi?.protocolName == "thermo")
        #expect(plan.driverProtocol == "test")
        #expect(plan.profile == nil)
        let path = try stage.file("p.yaml", SampleProfile.model + SampleProfile.device(setpoint: "{raw: 1, scale: 0}"))
        let device = try #require(DeviceCatalog(driver: TestDriver()).contents(of: [path]).profile.devices.first)
        #expect(plan.checkDevice(device).map(\.message) == ["a scale of 0 loses the value"])
    }
}
