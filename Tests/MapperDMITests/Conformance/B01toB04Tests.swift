// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

@testable import MapperDMI
@testable import mapperctl

/// Registration and reports, against an EdgeCore of this repository.
@Suite("Conformance, registration and reports", .timeLimit(.minutes(3)))
struct B01toB04Tests {
    @Test("B1: registered before any device") func b1() async throws {
        try await Bench.run { bench in
            try await bench.withMapper { _ in
                try await bench.server.history.first { $0.registrations.isEmpty ? nil : () }
                bench.put(Bench.device())
                #expect(
                    try await bench.calls(2) == ["CreateDeviceModel default/boiler", "RegisterDevice default/boiler-1"]
                )
                try await bench.reported("21.5")
            }
            let mapper = try #require(bench.server.history.now.registrations.first)
            #expect(mapper.name == "bench-mapper")
            #expect(mapper.state == "ok")
            #expect(String(decoding: mapper.address, as: UTF8.self) == "\(bench.folder)/bench.sock")
        }
    }

    @Test("B2: devices before the registration, whose list names their model twice") func b2() async throws {
        try await Bench.run { bench in
            bench.put(Bench.device(), Bench.device("boiler-2"))
            try await bench.withMapper { _ in
                try await bench.reported("21.5")
                try await bench.reported("21.5", of: "boiler-2")
            }
            #expect(bench.server.history.now.calls.isEmpty)
            #expect(bench.server.history.now.registrations.count == 1)
        }
    }

    @Test("B3: two values in one request arrive in both twins") func b3() async throws {
        try await Bench.run { bench in
            bench.put(Bench.device())
            try await bench.withMapper { _ in try await bench.reported("21.5") }
            let first = try #require(bench.server.history.now.reports.first)
            #expect(first.reportedDevice.twins.map(\.propertyName) == ["temperature", "threshold"])
            let twin = bench.server.node.now.twin
            let id = DeviceID("boiler-1", namespace: "default")
            #expect(twin.values(of: "temperature", id).reported == "21.5")
            #expect(twin.values(of: "threshold", id).reported == "10")
        }
    }

    @Test("B3: every value is sent at least twice, as the first one is lost in the cloud") func b3Twice() async throws {
        try await Bench.run { bench in
            bench.put(Bench.device())
            try await bench.withMapper { _ in
                try await bench.server.history.first { $0.reports.count >= 2 ? () : nil }
            }
            #expect(bench.server.history.now.twins(of: "boiler-1").count { $0.propertyName == "temperature" } >= 2)
        }
    }

    @Test("B4: two hundred values as fast as they come, the last of which arrives") func b4() async throws {
        try await Bench.run { bench in
            bench.put(Bench.device(cycle: .seconds(3600)))
            try await bench.withMapper(bench.modest) { link in
                try await bench.reported("21.5")
                for number in 1...200 {
                    link.report(TwinReport(Samples.boiler, ["temperature": Samples.value("\(number)")]))
                }
                try await bench.reported("200")
            }
            #expect(bench.server.history.now.refusals == 0)
        }
    }

    @Test("B4: whoever is refused loses nothing") func b4Refused() async throws {
        try await Bench.run { bench in
            let names = (1...101).map { "boiler-\($0)" }
            bench.server.put(DeviceProfile(models: [Bench.model], devices: names.map { Bench.device($0) }))
            var greedy = bench.configuration()
            greedy.requestBurst = 1000
            let link = try bench.link(greedy)
            let task = Task { try await link.run() }
            // From here on the link knows the devices.
            _ = await link.events.next()
            for name in names {
                let device = DeviceID(name, namespace: "default")
                link.report(TwinReport(device, ["temperature": Samples.value("7")]))
            }
            for name in names { try await bench.reported("7", of: name) }
            task.cancel()
            try await task.value
            #expect(bench.server.history.now.refusals > 0)
        }
    }
}

extension Bench {
    /// The pace that a mapper has by default.
    fileprivate var modest: DMIConfiguration {
        var modest = configuration()
        modest.requestBurst = 20
        modest.messagesPerSecond = 20
        return modest
    }
}
