// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import SwiftProtobuf
import Testing

@testable import MapperDMI
@testable import mapperctl

/// Values and changes of definitions, against an EdgeCore of this repository.
@Suite("Conformance, values and changes", .timeLimit(.minutes(2)))
struct B05toB07Tests {
    @Test("B5: nothing is sent that EdgeCore would drop") func b5() async throws {
        try await Bench.run { bench in
            bench.put(Bench.device(cycle: .seconds(3600)))
            let longest = String(repeating: "x", count: 512)
            let bad = ["1e+06", "two words", "{\"a\":1}", "abc=", "50%", "grün", longest + "x"]
            try await bench.withMapper { link in
                try await bench.reported("21.5")
                for text in bad + [longest] {
                    link.report(TwinReport(Samples.boiler, ["temperature": Samples.value(text)]))
                }
                try await bench.reported(longest)
                link.report(TwinReport(Samples.boiler, ["temperature": Samples.value("")]))
                try await bench.reported("")
            }
            let sent = bench.server.history.now.twins(of: "boiler-1").map(\.reported.value)
            #expect(Set(sent).isDisjoint(with: bad))
            let said = bench.log.lines.filter { $0.contains("EdgeCore does not keep this value") }
            #expect(said.count == 1)
        }
    }

    @Test("B6: a crash of EdgeCore cannot be sent") func b6() async throws {
        try await Bench.run { bench in
            bench.put(Bench.device(threshold: "11"), Bench.device("boiler-2"))
            try await bench.withMapper { _ in
                try await bench.reported("11", "threshold")
                for device in [DMIDevice(), .with { $0.name = "nobody" }, .with { $0.spec.properties = [.init()] }] {
                    let request = DMIRegisterDeviceRequest.with { $0.device = device }
                    _ = await bench.server.send(.registerDevice(request), to: "scripted")
                }
                _ = await bench.server.send(.registerDevice(.init()), to: "scripted")
                _ = await bench.server.send(.createDeviceModel(.init()), to: "scripted")
                _ = await bench.server.send(.getDevice(.with { $0.deviceName = "nobody" }), to: "scripted")
                bench.driver[Samples.boiler].set("temperature", .double(30))
                try await bench.reported("30")
            }
            #expect(bench.server.crashes.isEmpty)
            #expect(bench.server.history.now.registrations.count == 1)
        }
    }

    @Test("B7: a desired value is written, and nothing else happens") func b7Desired() async throws {
        try await Bench.run { bench in
            bench.put(Bench.device(), Bench.device("boiler-2"))
            try await bench.withMapper { _ in
                try await bench.reported("21.5")
                bench.put(Bench.device(threshold: "42"), Bench.device("boiler-2"))
                try await bench.reported("42", "threshold")
                #expect(
                    try await bench.calls(2) == ["UpdateDeviceModel default/boiler", "UpdateDevice default/boiler-1"]
                )
            }
            let device = bench.driver[Samples.boiler]
            #expect(device.writes == [.init("threshold", .int(42))])
            #expect(device.count(of: .open) == 1)
            #expect(bench.driver[DeviceID("boiler-2", namespace: "default")].writes.isEmpty)
            let twin = try #require(
                bench.server.history.now.twins(of: "boiler-1").last { $0.propertyName == "threshold" }
            )
            #expect(twin.observedDesired.value == "42")
        }
    }

    @Test("B7: a desired value that was taken back is confirmed no more, and nothing is written") func b7Removed()
        async throws
    {
        try await Bench.run { bench in
            bench.put(Bench.device(threshold: "42"))
            try await bench.withMapper { _ in
                try await bench.reported("42", "threshold")
                bench.put(Bench.device())
                try await bench.server.history.first { history in
                    let twins = history.twins(of: "boiler-1").filter { $0.propertyName == "threshold" }
                    return twins.contains { $0.observedDesired.value == "42" }
                        && twins.last?.observedDesired.value == "" ? () : nil
                }
                let twin = bench.server.node.now.twin.values(of: "threshold", Samples.boiler)
                #expect(twin.desired ?? "" == "")
                #expect(twin.reported == "42")
            }
            #expect(bench.driver[Samples.boiler].writes == [.init("threshold", .int(42))])
        }
    }

    @Test("B7: cycles are changed without opening the device anew") func b7Cycle() async throws {
        try await Bench.run { bench in
            bench.put(Bench.device(cycle: .seconds(3600)))
            try await bench.withMapper { _ in
                try await bench.reported("21.5")
                bench.driver[Samples.boiler].set("temperature", .double(22))
                bench.put(Bench.device(cycle: .milliseconds(50)))
                try await bench.reported("22")
            }
            #expect(bench.driver[Samples.boiler].count(of: .open) == 1)
            #expect(bench.driver[Samples.boiler].writes.isEmpty)
        }
    }

    /// EdgeCore up to v1.20 calls after each report.
    @Test("B7: what is said again is nothing", arguments: [EdgeCoreVersion(1, 20), EdgeCoreVersion(1, 23, 1)])
    func b7Again(_ version: EdgeCoreVersion) async throws {
        try await Bench.run(version: version) { bench in
            bench.put(Bench.device(threshold: "11"))
            try await bench.withMapper { _ in
                try await bench.reported("11", "threshold")
                for number in 1...3 {
                    bench.driver[Samples.boiler].set("temperature", .double(Double(number)))
                    try await bench.reported("\(number)")
                }
                let request = DMIUpdateDeviceRequest.with { $0.device = bench.cachedDevice ?? DMIDevice() }
                for _ in 1...3 { #expect(await bench.server.send(.updateDevice(request), to: "scripted") == nil) }
                bench.driver[Samples.boiler].set("temperature", .double(99))
                try await bench.reported("99")
            }
            #expect(bench.driver[Samples.boiler].writes == [.init("threshold", .int(11))])
            #expect(bench.driver[Samples.boiler].count(of: .open) == 1)
            #expect(!bench.log.lines.contains { $0.contains("changed") })
        }
    }

    @Test("B7: another visitor or address concerns that device only") func b7Visitor() async throws {
        try await Bench.run { bench in
            bench.put(Bench.device(), Bench.device("boiler-2"))
            try await bench.withMapper { _ in
                try await bench.reported("21.5")
                try await bench.reported("21.5", of: "boiler-2")
                bench.put(Bench.device(scale: 2), Bench.device("boiler-2"))
                try await bench.reported("43")
                bench.put(Bench.device(address: "there", scale: 2), Bench.device("boiler-2"))
                try await bench.driver[Samples.boiler].wait(for: .open, count: 2)
            }
            #expect(bench.driver[DeviceID("boiler-2", namespace: "default")].count(of: .open) == 1)
            #expect(bench.driver[Samples.boiler].writes.isEmpty)
        }
    }
}

extension Bench {
    /// The node's only device, as EdgeCore hands it out.
    fileprivate var cachedDevice: DMIDevice? {
        guard case .message(let device)? = server.node.now.dmi?.devices.values.first?.content else { return nil }
        return device
    }
}
