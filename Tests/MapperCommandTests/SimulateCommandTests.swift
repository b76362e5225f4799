// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Testing

@testable import MapperCommand

@Suite("simulate")
struct SimulateCommandTests {
    private func stage(_ devices: String...) throws -> (Stage, String) {
        let stage = try Stage()
        return (stage, try stage.file("p.yaml", SampleProfile.model + devices.joined()))
    }

    @Test("It says what can be reached, and ends with a signal")
    func serves() async throws {
        let (stage, path) = try stage(SampleProfile.device(), SampleProfile.device("b"))
        async let status = stage.run(["simulate", "--profile", path, "--port", "1502"])
        try await stage.printed("b at port 1502\n")
        stage.signals.continuation.yield(.terminate)
        #expect(try await status == .success)
        #expect(stage.output == "thermo-01 at port 1502\nb at port 1502\n")
        #expect(stage.error == "")
    }

    @Test("A port that is taken makes it unavailable")
    func portTaken() async throws {
        let (stage, path) = try stage(SampleProfile.device())
        #expect(try await stage.run(["simulate", "--profile", path, "--port", "1"]) == .unavailable)
        #expect(stage.error == "error: the devices cannot be played: port 1 is taken\n")
    }

    @Test("A driver that knows no failures refuses them, all at once, before anything is played")
    func faultsUnknown() async throws {
        let (stage, path) = try stage(SampleProfile.device())
        let arguments = ["--fault", "drop=1%", "--fault", "x", "--pace", "--request-log", "f", "--identify"]
        #expect(try await stage.run(["simulate", "--profile", path] + arguments) == .usage)
        #expect(stage.output == "")
        #expect(
            stage.error == """
                error: fault 'drop=1%': this mapper's devices are played without failures
                error: fault 'x': this mapper's devices are played without failures
                error: this mapper's devices are played at no certain speed
                error: this mapper's devices log no requests
                error: this mapper's devices number no places

                """
        )
    }

    @Test("Help shows the driver's own examples and options, and no others")
    func help() {
        let text = ProgramCommand<TestMapper>.helpMessage(for: SimulateCommand<TestMapper>.self, columns: 120)
        #expect(
            text.contains("EXAMPLES:\n  test-mapper simulate --profile devices/\n  test-mapper simulate --profile d")
        )
        #expect(text.contains("\n  --port <port> "))
        for other in ["--fault", "--seed", "--pace", "--request-log", "--identify", "FAULTS"] {
            #expect(!text.contains(other), "\(other)")
        }
    }

    @Test("A driver without a simulation says so")
    func cannot() async throws {
        let (stage, path) = try stage(SampleProfile.device())
        #expect(try await stage.run(PlainMapper.self, ["simulate", "--profile", path]) == .unavailable)
        #expect(stage.error == "error: plain-mapper cannot play devices: its driver has no simulation\n")
    }

    @Test("Errors, and profiles without a device to play, are configuration errors")
    func configuration() async throws {
        let (broken, path) = try stage(SampleProfile.device(mode: "{}"))
        #expect(try await broken.run(["simulate", "--profile", path]) == .configuration)
        #expect(broken.error.contains("the key 'raw' is missing"))
        let (foreign, other) = try stage(SampleProfile.device(speaks: "other"))
        #expect(try await foreign.run(["simulate", "--profile", other]) == .configuration)
        #expect(foreign.error.contains("error: there is no device of this mapper's protocol in the profile\n"))
    }
}
