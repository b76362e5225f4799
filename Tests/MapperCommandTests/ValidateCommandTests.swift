// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import MapperCommand

@Suite("validate")
struct ValidateCommandTests {
    @Test("A clean profile gets one line")
    func clean() async throws {
        let stage = try Stage()
        let path = try stage.file(
            "p.yaml",
            SampleProfile.model + SampleProfile.device() + SampleProfile.device("b", speaks: "other")
        )
        #expect(try await stage.run(["validate", path]) == .success)
        #expect(stage.output == "1 model, 2 devices, 6 properties; 1 of the devices for test: no problems\n")
        #expect(stage.error == "")
    }

    @Test("Errors of the driver are printed with their places, all of them, and counted")
    func errors() async throws {
        let stage = try Stage()
        let path = try stage.file(
            "p.yaml",
            SampleProfile.model
                + SampleProfile.device(config: "{answer: no}", temperature: "{scale: 0.1}", mode: "{raw: much}")
                + SampleProfile.device("b", setpoint: "{raw: 1, scale: 0}")
        )
        #expect(try await stage.run(["validate", path]) == .negative)
        #expect(stage.output == "")
        let lines = stage.error.split(separator: "\n")
        #expect(
            lines.dropLast().map { $0.drop { $0 != " " } } == [
                " warning: device 'thermo-01': unknown key 'answer', did you mean 'answers'? (answers is allowed)",
                " error: property 'temperature' of device 'thermo-01': the key 'raw' is missing",
                " error: property 'mode' of device 'thermo-01': 'raw' must be a number, not 'much'",
                " error: a scale of 0 loses the value",
            ]
        )
        #expect(lines.allSatisfy { $0.hasPrefix("p.yaml:") || $0 == "3 errors, 1 warning" })
        #expect(lines.last == "3 errors, 1 warning")
    }

    @Test("What devices do to each other is found, too")
    func together() async throws {
        let stage = try Stage()
        let one = SampleProfile.device(config: "{answers: crowd}")
        let path = try stage.file("p.yaml", SampleProfile.model + one)
        #expect(try await stage.run(["validate", "--strict", path]) == .success)
        try stage.file("p.yaml", SampleProfile.model + one + SampleProfile.device("b", config: "{answers: crowd}"))
        #expect(try await stage.run(["validate", "--strict", path]) == .negative)
        #expect(stage.error == "p.yaml:35:27: warning: 2 devices are a crowd\n1 warning\n")
    }

    @Test("What is wrong with the profile does not hide what is wrong for the driver")
    func profileAndDriver() async throws {
        let stage = try Stage()
        let path = try stage.file(
            "p.yaml",
            SampleProfile.model.replacingOccurrences(of: "ReadWrite", with: "ReadWrit")
                + SampleProfile.device(temperature: "{raw: much}")
        )
        #expect(try await stage.run(["validate", path]) == .negative)
        #expect(stage.error.contains("ReadWrit"))
        #expect(stage.error.contains("'raw' must be a number, not 'much'"))
    }

    @Test(
        "Warnings fail only where that is asked for",
        arguments: [([], CommandStatus.success), (["--strict"], .negative)]
    )
    func warnings(flags: [String], status: CommandStatus) async throws {
        let stage = try Stage()
        let path = try stage.file("p.yaml", SampleProfile.model + SampleProfile.device(mode: "{raw: 1, sclae: 2}"))
        #expect(try await stage.run(["validate"] + flags + [path]) == status)
        #expect(
            stage.error.contains(
                "warning: property 'mode' of device 'thermo-01': unknown key 'sclae', did you mean 'scale'?"
            )
        )
        #expect(stage.output.contains("1 warning") == (status == .success))
    }

    @Test("A protocol's name that EdgeCore would not take for the mapper's is warned about")
    func spelling() async throws {
        let stage = try Stage()
        let path = try stage.file("p.yaml", SampleProfile.model + SampleProfile.device(speaks: "Test"))
        #expect(try await stage.run(["validate", path]) == .success)
        #expect(
            stage.error.contains(
                "warning: device 'thermo-01': protocolName is 'Test': over DMI names are compared letter for letter: test"
            )
        )
    }

    @Test("What is wrong with the files themselves is printed, too")
    func broken() async throws {
        let stage = try Stage()
        let path = try stage.file("p.yaml", SampleProfile.device())
        #expect(try await stage.run(["validate", path, "\(stage.folder)/nowhere"]) == .negative)
        #expect(stage.error.contains("nowhere"))
        #expect(stage.error.contains("p.yaml:"))
        #expect(stage.error.contains("thermo"))
        #expect(stage.error.contains("\n2 errors") || stage.error.contains("\n3 errors"), "\(stage.error)")
    }
}
