// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import Testing

@testable import MapperDMI

@Suite("Calls in the log", .timeLimit(.minutes(2)))
struct CallLogTests {
    @Test func callsBothWaysAreSaidWithoutWhatTheyCarry() async throws {
        try await Bench.run { bench in
            try await bench.withMapper(level: .debug) { _ in
                try await bench.log.wait(for: "debug: MapperRegister: OK devices=0 models=0")
                bench.put(Bench.device(threshold: "42", address: "s3cret"))
                try await bench.log.wait(for: "debug: CreateDeviceModel: OK model=default/boiler")
                try await bench.log.wait(for: "debug: RegisterDevice: OK device=default/boiler-1")
                try await bench.log.wait(for: "debug: ReportDeviceStates: OK device=default/boiler-1 state=online")
                try await bench.reported("42", "threshold")
                try await bench.log.wait(for: "debug: ReportDeviceStatus: OK device=default/boiler-1 properties=")
                bench.put()
                try await bench.log.wait(for: "debug: RemoveDeviceModel: OK model=default/boiler")
                try await bench.log.wait(for: "debug: RemoveDevice: OK device=default/boiler-1")
            }
            let calls = bench.log.lines.filter { $0.hasPrefix("debug: ") && $0.contains(": OK") }
            #expect(calls.count >= 7)
            for secret in ["s3cret", "42"] {
                #expect(calls.filter { $0.contains(secret) } == [])
            }
        }
    }
}
