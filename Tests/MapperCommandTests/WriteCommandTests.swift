// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import MapperCommand

@Suite("write")
struct WriteCommandTests {
    private func write(
        _ property: String,
        _ value: String,
        device: String = SampleProfile.device()
    ) async throws -> (CommandStatus, Stage) {
        let stage = try Stage()
        let path = try stage.file("p.yaml", SampleProfile.model + device)
        let status = try await stage.run(["write", "--profile", path, "--", "thermo-01", property, value])
        return (status, stage)
    }

    @Test("What the device says afterwards is printed")
    func success() async throws {
        let (status, stage) = try await write("setpoint", "21.5")
        #expect(status == .success)
        #expect(stage.output == "setpoint = 21.5 Celsius\n")
        #expect(stage.error == "")
        #expect(try await write("mode", "-7").0 == .success)
    }

    @Test(
        "Values that the model does not allow are not written",
        arguments: [
            ("temperature", "1", "'temperature' is ReadOnly in the device model"),
            ("setpoint", "31", "31 is outside the model's limits (5…30)"),
            ("setpoint", "warm", "'warm' is not a number"),
            ("mode", "1.5", "'1.5' is not a whole number within 64 bits"),
        ]
    )
    func refused(property: String, value: String, reason: String) async throws {
        let (status, stage) = try await write(property, value)
        #expect(status == .invalidValue)
        #expect(stage.error == "error: property '\(property)' of device 'thermo-01': \(reason)\n")
        #expect(stage.output == "")
    }

    @Test(
        "Each way to fail has its exit code and says what happened",
        arguments: [
            (
                SampleProfile.device(mode: "{raw: 3, keeps: false}"), CommandStatus.negative,
                "property 'mode' of device 'thermo-01' was set to 4, but the device says 3"
            ),
            (
                SampleProfile.device(mode: "{raw: 3, refuses: true}"), .invalidValue,
                "property 'mode' of device 'thermo-01': it counts in steps of 2"
            ),
            (
                SampleProfile.device(mode: "{raw: 3, fails: true}"), .inputOutput,
                "property 'mode' of device 'thermo-01' could not be written: illegal data address"
            ),
            (
                SampleProfile.device(config: "{answers: 'no'}"), .unavailable,
                "device 'thermo-01' could not be opened: connection refused by 10.0.0.9:502"
            ),
        ]
    )
    func failures(device: String, status: CommandStatus, message: String) async throws {
        let (result, stage) = try await write("mode", "4", device: device)
        #expect(result == status)
        #expect(stage.error == "error: \(message)\n")
        #expect(stage.output == (status == .negative ? "mode = 3\n" : ""))
    }

    @Test("An unknown property is a usage error")
    func unknown() async throws {
        #expect(try await write("mod", "1").0 == .usage)
    }
}
