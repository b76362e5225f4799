// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ScriptedDriverTests {
    private let driver = ScriptedDriver()
    private let id = DeviceID("boiler")

    private var instance: DeviceInstance {
        let properties = ["a", "b"].map { name in
            Property(model: .init(name: name, dataType: .int), visitor: ["scale": 0.5])
        }
        return DeviceInstance(
            id: id,
            modelName: "model",
            protocolName: "scripted",
            protocolConfig: ["address": "here"],
            properties: properties
        )
    }

    private func device() throws -> Device<ScriptedDriver.ProtocolConfig, ScriptedDriver.VisitorConfig> {
        try #require(DriverBinding(driver).bind(instance).device)
    }

    @Test func bindsItsConfiguration() throws {
        let device = try device()
        #expect(device.config.address == "here")
        #expect(driver.transform(for: device.visitors[0].config) == ValueTransform(scale: 0.5))
    }

    @Test func readsWhatTheTestSays() async throws {
        driver[id].set("a", .int(4))
        driver[id].failReading("b", DeviceError(.timedOut, "no answer"))
        let session = try await driver.open(device())
        let results = await session.read(try device().visitors)
        #expect(try results[0].get().value == .int(4))
        #expect(throws: DeviceError.self) { try results[1].get() }
        #expect(driver[id].batches == [["a", "b"]])
        driver[id].set("b", .int(5))
        #expect(try await session.read(try device().visitors)[1].get().value == .int(5))
    }

    @Test func recordsWritesAndFailsAsOftenAsAsked() async throws {
        driver[id].failWriting("a", DeviceError(.rejected, "no"), times: 1)
        let session = try await driver.open(device())
        let visitor = try device().visitors[0]
        await #expect(throws: DeviceError.self) { try await session.write(.int(1), to: visitor) }
        try await session.write(.int(2), to: visitor)
        #expect(driver[id].writes == [.init("a", .int(1)), .init("a", .int(2))])
        #expect(driver[id].value("a") == .int(2))
    }

    @Test func vanishesAndComesBack() async throws {
        driver[id].set("a", .int(4))
        driver[id].vanish()
        await #expect(throws: DeviceError.self) { _ = try await driver.open(device()) }
        driver[id].recover()
        let session = try await driver.open(device())
        #expect(driver[id].isOpen)
        #expect(try await session.read(try device().visitors)[0].get().value == .int(4))
        await session.close()
        #expect(!driver[id].isOpen)
        #expect(driver[id].count(of: .open) == 2)
    }

    @Test(arguments: [false, true])
    func aGateHoldsUp(blockingThread: Bool) async throws {
        let gate = driver[id].block(.open, blockingThread: blockingThread)
        let opening = Task { [driver, instance] in
            guard let device = DriverBinding(driver).bind(instance).device else { return false }
            _ = try await driver.open(device)
            return true
        }
        try await gate.waitForSomebody()
        #expect(!driver[id].isOpen)
        gate.open()
        #expect(try await opening.value)
        #expect(driver[id].isOpen)
    }
}
