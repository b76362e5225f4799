// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import MapperCommand

@Suite("call")
struct CallCommandTests {
    private static let methods = """
          methods:
            - name: adjust
              propertyNames: [setpoint, mode]
            - name: rest
              propertyNames: [mode]
        ---

        """

    private func call(
        _ method: String,
        _ property: String,
        _ value: String,
        device: String = SampleProfile.device()
    ) async throws -> (CommandStatus, Stage) {
        let stage = try Stage()
        let text = SampleProfile.model + device.replacing("---\n", with: Self.methods)
        let path = try stage.file("p.yaml", text)
        return (try await stage.run(["call", "--profile", path, "--", "thermo-01", method, property, value]), stage)
    }

    @Test("It is a write of the property, and what the device says afterwards is printed")
    func success() async throws {
        let (status, stage) = try await call("adjust", "setpoint", "21.5")
        #expect(status == .success)
        #expect(stage.output == "setpoint = 21.5 Celsius\n")
        #expect(stage.error == "")
    }

    @Test(
        "A method that the device has not, and a property that the method has not, are usage errors that say which there are",
        arguments: [
            (
                "adjst", "mode",
                "there is no method 'adjst' in device 'thermo-01', did you mean 'adjust'? (known: adjust, rest)"
            ),
            ("rest", "setpoint", "method 'rest' of device 'thermo-01' has no property 'setpoint' (known: mode)"),
            ("adjust", "no", "method 'adjust' of device 'thermo-01' has no property 'no' (known: mode, setpoint)"),
        ]
    )
    func unknown(method: String, property: String, message: String) async throws {
        let (status, stage) = try await call(method, property, "1")
        #expect(status == .usage)
        #expect(stage.error == "error: \(message)\n")
    }

    @Test("The value is checked as by write, and failures have their exit codes")
    func failures() async throws {
        let (limits, stage) = try await call("adjust", "setpoint", "31")
        #expect(limits == .invalidValue)
        #expect(
            stage.error == "error: property 'setpoint' of device 'thermo-01': 31 is outside the model's limits (5…30)\n"
        )
        let (kept, other) = try await call(
            "rest",
            "mode",
            "4",
            device: SampleProfile.device(mode: "{raw: 3, keeps: false}")
        )
        #expect(kept == .negative)
        #expect(other.output == "mode = 3\n")
        let (failed, last) = try await call(
            "rest",
            "mode",
            "4",
            device: SampleProfile.device(mode: "{raw: 3, fails: true}")
        )
        #expect(failed == .inputOutput)
        #expect(
            last.error == "error: method 'rest' could not be called with property 'mode' of device 'thermo-01': "
                + "illegal data address\n"
        )
    }

    @Test("A device without methods says so")
    func none() async throws {
        let stage = try Stage()
        let path = try stage.file("p.yaml", SampleProfile.model + SampleProfile.device())
        let arguments = ["call", "thermo-01", "adjust", "mode", "1", "--profile", path]
        #expect(try await stage.run(arguments) == .usage)
        #expect(stage.error == "error: there is no method 'adjust' in device 'thermo-01' (known: there is none)\n")
    }

    @Test("A session that knows methods is called, in a combination of drivers too")
    func ownWay() async throws {
        let stage = try Stage()
        let path = try stage.file(
            "p.yaml",
            """
            apiVersion: devices.kubeedge.io/v1beta1
            kind: DeviceModel
            metadata: {name: shelf}
            spec: {properties: [{name: count, type: INT, accessMode: ReadWrite}]}
            ---
            apiVersion: devices.kubeedge.io/v1beta1
            kind: Device
            metadata: {name: left}
            spec:
              deviceModelRef: {name: shelf}
              protocol: {protocolName: shelf, configData: {row: 1}}
              properties:
                - {name: count, reportToCloud: true, visitors: {protocolName: shelf, configData: {slot: 1}}}
              methods:
                - {name: add, propertyNames: [count]}
                - {name: jam, propertyNames: [count]}
            """
        )
        let arguments = ["left", "add", "count", "3", "--profile", path]
        // The driver doubles what it is called with, so that a call can be told from a write.
        #expect(try await stage.run(ShelfMapper.self, ["call"] + arguments) == .negative)
        #expect(stage.output == "count = 6\n")
        #expect(try await stage.run(PairMapper.self, ["call"] + arguments) == .negative)
        #expect(stage.output == "count = 6\ncount = 6\n")
        #expect(
            try await stage.run(PairMapper.self, ["call", "left", "jam", "count", "3", "--profile", path])
                == .inputOutput
        )
        #expect(stage.error.hasSuffix("of device 'left': the shelf is jammed\n"))
    }
}
