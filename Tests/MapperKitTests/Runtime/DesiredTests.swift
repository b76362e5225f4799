// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

@Suite("A running mapper: the way down", .timeLimit(.minutes(1)))
struct DesiredTests {
    private let id = DeviceID("a")

    private func started(_ mapper: RunningMapper, _ properties: Property...) async throws -> ScriptedDevice {
        let device = mapper.driver[id]
        for property in properties where device.value(property.name) == nil { device.set(property.name, .int(0)) }
        var instance = DeviceInstance.scripted("a")
        instance.properties = properties
        mapper.edge.send(instance)
        try await mapper.edge.waitForState(.online, of: id)
        _ = try await mapper.edge.nextReport(of: id)
        return device
    }

    @Test("A desired value is written raw, read back, and what was read is reported")
    func writeAndReadBack() async throws {
        try await RunningMapper.run { mapper in
            let device = try await started(mapper, .scripted("t", .float, visitor: ["scale": 0.1]))
            mapper.edge.desire(id, ["t": "21.50"])
            let report = try await mapper.edge.nextReport(of: id)
            #expect(device.writes == [ScriptedDevice.Write("t", .int(215))])
            #expect(report.values["t"]?.text == "21.50", "the edge's own text for the value that was read")
            #expect(report.values["t"]?.observedDesired == "21.50")
        }
    }

    @Test("What the edge repeats is not written again")
    func repeated() async throws {
        try await RunningMapper.run { mapper in
            let device = try await started(mapper, .scripted("t"))
            for _ in 0..<3 { mapper.edge.desire(id, ["t": "5"]) }
            _ = try await mapper.edge.nextReport(of: id)
            mapper.edge.desire(id, ["t": "5"])
            try await mapper.flow(readings: 4, of: device)
            #expect(device.writes.count == 1)
        }
    }

    @Test(
        "What must not be written is not",
        arguments: [("t", "101"), ("t", "abc"), ("fixed", "1"), ("nothing", "1")]
    )
    func refused(property: String, text: String) async throws {
        try await RunningMapper.run { mapper in
            let range = ValueRange(minimum: .int(0), maximum: .int(100))
            let fixed = Property.scripted("fixed", access: .readOnly)
            let device = try await started(mapper, .scripted("t", range: range), fixed, .scripted("other"))
            mapper.edge.desire(id, [property: text, "other": "7"])
            try await mapper.edge.waitForReport(id, "other") { $0.text == "7" }
            try await mapper.flow(readings: 4, of: device)
            #expect(device.writes == [ScriptedDevice.Write("other", .int(7))])
        }
    }

    @Test("Desired while the device is away: written once on its return, the newest only")
    func offline() async throws {
        try await RunningMapper.run { mapper in
            let device = try await started(mapper, .scripted("t"))
            device.vanish()
            try await mapper.flow { try await mapper.edge.waitForState(.offline, of: id) }
            for text in ["1", "2", "3"] { mapper.edge.desire(id, ["t": text]) }
            device.recover()
            _ = try await mapper.flow { try await mapper.edge.waitForReport(id, "t") { $0.text == "3" } }
            #expect(device.writes == [ScriptedDevice.Write("t", .int(3))])
        }
    }

    @Test("What is taken back while another value is being written is not written")
    func takenBack() async throws {
        try await RunningMapper.run { mapper in
            var instance = DeviceInstance.scripted("a")
            instance.properties = [.scripted("t"), .scripted("u")]
            let other = mapper.driver[DeviceID("b")]
            for device in [mapper.driver[id], other] {
                device.set("t", .int(0))
                device.set("u", .int(0))
            }
            mapper.edge.send(instance, .scripted("b", .scripted("t")))
            try await mapper.edge.waitForState(.online, of: id)
            try await mapper.edge.waitForState(.online, of: DeviceID("b"))
            let device = mapper.driver[id]
            let gate = device.block(.write)
            mapper.edge.desire(id, ["t": "1", "u": "2"])
            try await gate.waitForSomebody()
            mapper.edge.clearDesired(id, ["u"])
            // Comes after the other one.
            mapper.edge.desire(DeviceID("b"), ["t": "5"])
            _ = try await other.waitForWrites(1)
            gate.open()
            mapper.edge.desire(id, ["t": "9"])
            _ = try await device.waitForWrites(2)
            #expect(device.writes == [.init("t", .int(1)), .init("t", .int(9))])
        }
    }

    @Test("A write that failed after the device had executed it is not executed again")
    func ghost() async throws {
        try await RunningMapper.run { mapper in
            let device = try await started(mapper, .scripted("t"))
            device.failWriting("t", DeviceError(.malformedResponse, "the answer was lost"), times: 1)
            mapper.edge.desire(id, ["t": "5"])
            try await device.waitForWrites(1)
            device.set("t", .int(5))
            let report = try await mapper.flow {
                try await mapper.edge.waitForReport(id, "t") { $0.observedDesired == "5" }
            }
            #expect(report.text == "5")
            #expect(device.writes.count == 1)
        }
    }

    @Test("As long as nobody can tell whether a write was executed, it is not executed again")
    func undecided() async throws {
        try await RunningMapper.run { mapper in
            let device = try await started(mapper, .scripted("t"), .scripted("other"))
            device.failWriting("t", DeviceError(.malformedResponse, "the answer was garbled"), times: 1)
            device.failReading("t", DeviceError(.malformedResponse, "the answer was garbled"))
            mapper.edge.desire(id, ["t": "5"])
            try await device.waitForWrites(1)
            try await mapper.flow(readings: 70, of: device)
            #expect(device.writes.count == 1)
            device.set("t", .int(5))
            _ = try await mapper.flow { try await mapper.edge.waitForReport(id, "t") { $0.observedDesired == "5" } }
            #expect(device.writes.count == 1)
        }
    }

    @Test("A write that may have been executed on a property that cannot be read is not repeated")
    func unreadable() async throws {
        try await RunningMapper.run { mapper in
            let device = try await started(mapper, .scripted("t"), .scripted("other"))
            device.failReading("t", DeviceError(.rejected, "write-only"))
            device.failWriting("t", DeviceError(.malformedResponse, "the answer was garbled"), times: 1)
            mapper.edge.desire(id, ["t": "5"])
            try await device.waitForWrites(1)
            try await mapper.flow(readings: 70, of: device)
            #expect(device.writes.count == 1)
            mapper.edge.desire(id, ["t": "6"])
            try await device.waitForWrites(2)
        }
    }

    @Test(
        "A device that lost a write and then refuses to be read for a while gets it in the end",
        arguments: [DeviceError(.busy, "busy"), DeviceError(.rejected, "device failure")]
    )
    func refusesForAWhile(refusal: DeviceError) async throws {
        try await RunningMapper.run { mapper in
            let device = try await started(mapper, .scripted("t"), .scripted("other"))
            device.failWriting("t", DeviceError(.timedOut, "no answer"), times: 1)
            device.failReading("t", refusal, times: 3)
            mapper.edge.desire(id, ["t": "5"])
            _ = try await mapper.flow { try await mapper.edge.waitForReport(id, "t") { $0.text == "5" } }
            #expect(device.writes.count == 2)
        }
    }

    @Test("Whether a busy device has what was desired before the mapper ran is found out once it can be read")
    func busyAtStart() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[id]
            device.set("t", .int(1))
            device.set("other", .int(1))
            device.failReading("t", DeviceError(.busy, "busy"), times: 2)
            mapper.edge.send(.scripted("a", .scripted("t", desired: "1"), .scripted("other")))
            _ = try await mapper.flow { try await mapper.edge.waitForReport(id, "t") { $0.observedDesired == "1" } }
            #expect(device.writes.isEmpty)
        }
    }

    @Test("A refused write is tried again while it is desired, and no longer")
    func retried() async throws {
        try await RunningMapper.run { mapper in
            let device = try await started(mapper, .scripted("t"), .scripted("later"))
            device.failWriting("t", DeviceError(.rejected, "busy"), times: 2)
            mapper.edge.desire(id, ["t": "5"])
            _ = try await mapper.flow { try await mapper.edge.waitForReport(id, "t") { $0.text == "5" } }
            #expect(device.writes.count == 3)
            device.failWriting("t", DeviceError(.rejected, "busy"))
            mapper.edge.desire(id, ["t": "6"])
            _ = try await mapper.flow { try await device.waitForWrites(5) }
            mapper.edge.clearDesired(id, ["t"])
            // Once a later wish is fulfilled, the withdrawal has been read as well.
            mapper.edge.desire(id, ["later": "1"])
            _ = try await mapper.flow { try await mapper.edge.waitForReport(id, "later") { $0.text == "1" } }
            let writes = device.writes.count
            try await mapper.flow(readings: 70, of: device)
            #expect(device.writes.count == writes)
        }
    }

    @Test("A device that accepts and keeps something else is reported as it is")
    func differs() async throws {
        try await RunningMapper.run { mapper in
            let device = try await started(mapper, .scripted("t"))
            let gate = device.block(.read)
            mapper.edge.desire(id, ["t": "50"])
            try await device.waitForWrites(1)
            device.set("t", .int(40))
            gate.open()
            try await #expect(mapper.edge.nextReport(of: id).values["t"]?.text == "40")
            #expect(device.writes.count == 1)
        }
    }

    @Test("What was desired before the mapper ran is written only if the device has another value")
    func initial() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[id]
            device.set("same", .int(1))
            device.set("other", .int(1))
            mapper.edge.send(.scripted("a", .scripted("same", desired: "1"), .scripted("other", desired: "2")))
            try await mapper.edge.waitForReport(id, "other") { $0.text == "2" }
            #expect(device.writes == [ScriptedDevice.Write("other", .int(2))])
        }
    }

    @Test("A driver that cannot write says so once; nothing is tried again")
    func unsupported() async throws {
        try await RunningMapper.run { mapper in
            let device = try await started(mapper, .scripted("t"))
            device.failWriting("t", DeviceError(.unsupported, "not implemented"))
            mapper.edge.desire(id, ["t": "5"])
            try await device.waitForWrites(1)
            try await mapper.flow(readings: 70, of: device)
            #expect(device.writes.count == 1)
        }
    }
}
