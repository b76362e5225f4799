// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import MapperCommand

@Suite("read")
struct ReadCommandTests {
    private func stage(_ devices: String...) throws -> (Stage, String) {
        let stage = try Stage()
        return (stage, try stage.file("p.yaml", SampleProfile.model + devices.joined()))
    }

    @Test("All properties are printed in the model's terms")
    func table() async throws {
        let (stage, path) = try stage(SampleProfile.device())
        #expect(try await stage.run(["read", "thermo-01", "--profile", path]) == .success)
        #expect(
            stage.output == """
                PROPERTY     VALUE  UNIT     TIME
                temperature  21.5   Celsius  2025-11-24T16:00:00.000Z
                setpoint     20     Celsius  2025-11-24T16:00:00.000Z
                mode         3               2025-11-24T16:00:00.000Z

                """
        )
        #expect(stage.error == "")
    }

    @Test("Only what is named is read, in the order named")
    func some() async throws {
        let (stage, path) = try stage(SampleProfile.device())
        #expect(try await stage.run(["read", "thermo-01", "mode", "temperature", "--profile", path]) == .success)
        #expect(stage.output.split(separator: "\n").map { $0.prefix(4) } == ["PROP", "mode", "temp"])
    }

    @Test("JSON is an object with numbers as numbers, and errors beside values")
    func json() async throws {
        let (stage, path) = try stage(SampleProfile.device(setpoint: "{raw: 1, fails: true}"))
        #expect(try await stage.run(["read", "thermo-01", "--profile", path, "--json"]) == .inputOutput)
        let object = try JSONSerialization.jsonObject(with: Data(stage.output.utf8)) as? [String: Any]
        #expect(object?["device"] as? String == "thermo-01")
        let properties = try #require(object?["properties"] as? [String: [String: Any]])
        #expect(properties["temperature"]?["value"] as? Double == 21.5)
        #expect(properties["temperature"]?["unit"] as? String == "Celsius")
        #expect(properties["temperature"]?["time"] as? String == "2025-11-24T16:00:00.000Z")
        #expect(properties["mode"]?["value"] as? Int == 3)
        #expect(properties["mode"]?["type"] as? String == "int")
        #expect(properties["setpoint"]?["error"] as? String == "no answer\nat all")
        #expect(properties["setpoint"]?["value"] == nil)
    }

    @Test("A property that cannot be read is said in its row, and the exit code tells")
    func failure() async throws {
        let (stage, path) = try stage(SampleProfile.device(setpoint: "{raw: 1, fails: true}"))
        #expect(try await stage.run(["read", "thermo-01", "--profile", path]) == .inputOutput)
        #expect(stage.output.contains("setpoint     -      Celsius  error: no answer\\nat all\n"))
        #expect(stage.output.contains("temperature  21.5 "))
    }

    @Test("A device that cannot be opened is unavailable")
    func unreachable() async throws {
        let (stage, path) = try stage(SampleProfile.device(config: "{answers: 'no'}"))
        #expect(try await stage.run(["read", "thermo-01", "--profile", path]) == .unavailable)
        #expect(stage.error == "error: device 'thermo-01' could not be opened: connection refused by 10.0.0.9:502\n")
        #expect(stage.output == "")
    }

    @Test(
        "Unknown names are told with what is known",
        arguments: [
            (["thermo-02"], "there is no device 'thermo-02', did you mean 'thermo-01'? (known: boiler, thermo-01)"),
            (["pump"], "there is no device 'pump' (known: boiler, thermo-01)"),
            (
                ["boiler", "mod"],
                "there is no property 'mod' in device 'boiler', did you mean 'mode'? (known: mode, setpoint, temperature)"
            ),
            (["alien"], "device 'alien' speaks other, this mapper speaks test"),
        ]
    )
    func unknown(names: [String], complaint: String) async throws {
        let (stage, path) = try stage(
            SampleProfile.device(),
            SampleProfile.device("boiler"),
            SampleProfile.device("alien", speaks: "other")
        )
        #expect(try await stage.run(["read"] + names + ["--profile", path]) == .usage)
        #expect(stage.error == "error: \(complaint)\n")
    }

    @Test("Errors in the device's configuration are configuration errors; another device's do not matter")
    func configuration() async throws {
        let (stage, path) = try stage(SampleProfile.device(), SampleProfile.device("b", mode: "{}"))
        #expect(try await stage.run(["read", "b", "--profile", path]) == .configuration)
        #expect(stage.error.contains("error: property 'mode' of device 'b': the key 'raw' is missing"))
        #expect(try await stage.run(["read", "thermo-01", "--profile", path]) == .success)
    }
}
