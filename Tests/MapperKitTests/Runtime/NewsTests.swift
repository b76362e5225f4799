// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

@Suite("A running mapper: what devices say by themselves", .timeLimit(.minutes(1)))
struct NewsTests {
    private let id = DeviceID("a")

    @Test("A sample is reported when it comes, not when the property is due")
    func sample() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[id]
            device.set("x", .int(1))
            mapper.edge.send(.scripted("a", .scripted("x", cycle: .seconds(60), isTelemetry: true)))
            _ = try await mapper.edge.waitForReport(id, "x") { $0.text == "1" }
            let time = Timestamp(milliseconds: 5)
            await mapper.clock.advance(by: .seconds(1), keeping: 1)
            device.say(.sample(property: "x", Sample(.int(2), at: time)))
            let report = try await mapper.edge.waitForReport(id, "x") { $0.text == "2" }
            #expect(report.acquiredAt == time)
            #expect(device.count(of: .read) == 1)
            #expect(mapper.edge.telemetry.last?.values["x"]?.text == "2")
        }
    }

    @Test("Of samples that come faster than the report cycle the newest is reported")
    func newest() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[id]
            device.set("x", .int(0))
            let property = Property.scripted("x", cycle: .seconds(3600), reportCycle: .seconds(1))
            mapper.edge.send(.scripted("a", property))
            _ = try await mapper.edge.waitForReport(id, "x") { $0.text == "0" }
            for number in 1...50 { device.say(.sample(property: "x", Sample(.int(Int64(number))))) }
            await mapper.clock.advance(by: .seconds(1), keeping: 1)
            _ = try await mapper.edge.waitForReport(id, "x") { $0.text == "50" }
            #expect(mapper.edge.reports.count <= 3)
        }
    }

    @Test("A lost connection is opened again, and what is said on the new one counts")
    func loss() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[id]
            device.set("x", .int(1))
            mapper.edge.send(.scripted("a", .scripted("x", cycle: .seconds(60))))
            _ = try await mapper.edge.waitForReport(id, "x") { $0.text == "1" }
            device.say(.lost(DeviceError(.disconnected, "out of reach")))
            try await device.wait(for: .open, count: 2)
            try await device.waitForListener()
            device.say(.sample(property: "x", Sample(.int(2))))
            _ = try await mapper.flow { try await mapper.edge.waitForReport(id, "x") { $0.text == "2" } }
            #expect(!mapper.edge.states.map(\.state).contains(.offline))
        }
    }

    @Test("One that ends each connection at once is opened after pauses, not all the time")
    func shortSessions() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[id]
            device.set("x", .int(1))
            mapper.edge.send(.scripted("a", .scripted("x", cycle: .seconds(60))))
            _ = try await mapper.edge.waitForReport(id, "x") { $0.text == "1" }
            device.say(.lost(DeviceError(.disconnected, "ended")))
            try await device.wait(for: .open, count: 2)
            try await device.waitForListener()
            device.say(.lost(DeviceError(.disconnected, "ended")))
            await mapper.clock.advance(by: .milliseconds(700), keeping: 1)
            #expect(device.count(of: .open) == 2)
            await mapper.clock.advance(by: .milliseconds(350), keeping: 1)
            try await device.wait(for: .open, count: 3)
        }
    }

    @Test("A device that went away is offline at once, and online when it is heard again")
    func away() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[id]
            device.set("x", .int(1))
            mapper.edge.send(.scripted("a", .scripted("x", cycle: .seconds(60))))
            _ = try await mapper.edge.waitForReport(id, "x") { $0.text == "1" }
            device.failReading("x", DeviceError(.timedOut, "not heard yet"))
            device.say(.lost(DeviceError(.timedOut, "not heard for 60 s")))
            try await device.wait(for: .open, count: 2)
            #expect(mapper.edge.states.map(\.state) == [.online, .offline])
            try await device.waitForListener()
            device.say(.sample(property: "x", Sample(.int(2))))
            _ = try await mapper.flow { try await mapper.edge.waitForReport(id, "x") { $0.text == "2" } }
            #expect(mapper.edge.states.map(\.state) == [.online, .offline, .online])
        }
    }

    @Test("What was said before a write is not reported after it")
    func outdated() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[id]
            device.set("x", .int(1))
            mapper.edge.send(.scripted("a", .scripted("x", cycle: .seconds(60))))
            _ = try await mapper.edge.waitForReport(id, "x") { $0.text == "1" }
            let gate = device.block(.write)
            mapper.edge.desire(id, ["x": "7"])
            try await gate.waitForSomebody()
            device.say(.sample(property: "x", Sample(.int(3))))
            await mapper.clock.advance(by: .milliseconds(10))
            gate.open()
            _ = try await mapper.flow { try await mapper.edge.waitForReport(id, "x") { $0.text == "7" } }
            device.say(.sample(property: "x", Sample(.int(8))))
            _ = try await mapper.flow { try await mapper.edge.waitForReport(id, "x") { $0.text == "8" } }
            #expect(mapper.edge.reports.compactMap { $0.values["x"]?.text } == ["1", "7", "8"])
        }
    }

    @Test("A sample that the property cannot hold is said once, and the property goes on")
    func refused() async throws {
        try await RunningMapper.run { mapper in
            let device = mapper.driver[id]
            device.set("x", .int(1))
            mapper.edge.send(.scripted("a", .scripted("x", cycle: .seconds(60))))
            _ = try await mapper.edge.waitForReport(id, "x") { $0.text == "1" }
            device.say(.sample(property: "x", Sample(.string("no number"))))
            device.say(.sample(property: "x", Sample(.int(2))))
            _ = try await mapper.flow { try await mapper.edge.waitForReport(id, "x") { $0.text == "2" } }
        }
    }
}
