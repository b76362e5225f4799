// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperTesting
import SwiftProtobuf
import Testing

@testable import MapperDMI
@testable import mapperctl

/// Restarts and slow devices, against an EdgeCore of this repository.
@Suite("Conformance, restarts and slow devices", .timeLimit(.minutes(2)))
struct B08toB10Tests {
    @Test(
        "B8: EdgeCore dies and comes back with other wishes",
        arguments: [EdgeCoreVersion(1, 22), EdgeCoreVersion(1, 23, 1)]
    )
    func b8(_ version: EdgeCoreVersion) async throws {
        try await Bench.run(version: version) { bench in
            bench.put(Bench.device(threshold: "11"))
            try await bench.withMapper { _ in
                try await bench.reported("11", "threshold")
                await bench.server.kill()
                bench.driver[Samples.boiler].set("temperature", .double(33))
                bench.put(Bench.device(threshold: "12"), Bench.device("boiler-2"))
                try await bench.server.start()
                try await bench.reported("33")
                try await bench.reported("12", "threshold")
                try await bench.reported("21.5", of: "boiler-2")
                // And calls come through again.
                bench.put(Bench.device(threshold: "13"), Bench.device("boiler-2"))
                try await bench.reported("13", "threshold")
            }
            let writes = bench.driver[Samples.boiler].writes.map(\.value)
            #expect(writes == [.int(11), .int(12), .int(13)])
            #expect(bench.driver[Samples.boiler].count(of: .open) == 1)
        }
    }

    @Test("B8: EdgeCore's socket comes after the mapper") func b8Late() async throws {
        try await Bench.run { bench in
            await bench.server.stop()
            try await bench.withMapper { _ in
                try await bench.log.wait(for: "waiting for EdgeCore")
                bench.put(Bench.device())
                try await bench.server.start()
                try await bench.reported("21.5")
            }
        }
    }

    @Test("B8: the mapper's own socket is taken away") func b8Own() async throws {
        try await Bench.run { bench in
            bench.put(Bench.device())
            try await bench.withMapper { _ in
                try await bench.reported("21.5")
                try FileManager.default.removeItem(atPath: "\(bench.folder)/bench.sock")
                bench.put(Bench.device(threshold: "12"))
                // The call failed, and EdgeCore does not repeat it.
                try await bench.reported("12", "threshold")
                bench.put(Bench.device(threshold: "13"))
                try await bench.reported("13", "threshold")
            }
            #expect(bench.driver[Samples.boiler].writes.map(\.value) == [.int(12), .int(13)])
        }
    }

    /// Its socket is still there, so that every attempt to register fails at once; none of them may count as a request.
    @Test("B8: a long absence of EdgeCore leaves no debt") func b8Absent() throws {
        let configuration = DMIConfiguration(mapperSocket: "/m.sock", name: "m", version: "1", protocolName: "fieldbus")
        var core = LinkCore(configuration, protocolName: "fieldbus", at: .zero) { _ in [] }
        for _ in 1...1000 { core.registering() }
        let list = try DMIMapperRegisterResponse.with {
            $0.modelList = [Samples.model()]
            $0.deviceList = [try Samples.device()]
        }
        core.registered(list, at: .seconds(600))
        core.report(TwinReport(Samples.boiler, ["temperature": Samples.value("1")]), at: .seconds(600))
        guard case .send = core.next(at: .seconds(600)) else {
            Issue.record("the first report has to wait")
            return
        }
    }

    @Test("B9: a device that was deleted while the mapper was away is no trouble") func b9() async throws {
        try await Bench.run { bench in
            bench.put(Bench.device(), Bench.device("boiler-2"))
            try await bench.withMapper { _ in try await bench.reported("21.5", of: "boiler-2") }
            let device = bench.driver[DeviceID("boiler-2", namespace: "default")]
            bench.put(Bench.device())
            try await bench.calls(1)
            device.vanish()
            bench.server.history.change { $0.clear() }
            try await bench.withMapper { _ in
                // EdgeCore hands it out again; it is tried, and does not answer.
                try await bench.server.history.first { $0.states(of: "boiler-2").contains("offline") ? () : nil }
                try await bench.reported("21.5")
                try await bench.server.restart()
                try await bench.log.wait(for: "removed device=default/boiler-2")
            }
            let said = bench.log.lines.filter { $0.contains("boiler-2") && !$0.hasPrefix("info") }
            #expect(said.count <= 3)
        }
    }

    @Test("B10: a device that does not open holds up nobody") func b10() async throws {
        try await Bench.run { bench in
            let slow = DeviceID("slow", namespace: "default")
            let gate = bench.driver[slow].block(.open, blockingThread: true)
            try await bench.withMapper { _ in
                try await bench.server.history.first { $0.registrations.isEmpty ? nil : () }
                bench.put(Bench.device("slow"), Bench.device())
                try await gate.waitForSomebody()
                try await bench.reported("21.5")
                bench.put(Bench.device("slow", threshold: "5"), Bench.device(threshold: "6"))
                try await bench.reported("6", "threshold")
                // Every call has been answered while the device was being opened.
                let failures = try await bench.server.history.first {
                    $0.calls.count == 7 ? $0.calls.map(\.failure) : nil
                }
                #expect(failures.allSatisfy { $0 == nil })
                gate.open()
                try await bench.reported("5", "threshold", of: "slow")
            }
        }
    }
}
