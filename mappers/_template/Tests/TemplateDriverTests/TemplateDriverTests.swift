// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperTesting
import TemplateDriver
import Testing

@Suite(.timeLimit(.minutes(2)))
struct TemplateDriverTests {
    /// The device model and the sample device.
    private let devices = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../devices").path

    @Test func `The sample device is used`() async throws {
        try await withMapper(TemplateDriver(), profile: devices) { edge in
            try await edge.expectState(.online)
        }
    }

    @Test(arguments: ["temperature", "setpoint"])
    func `A property that is not implemented has no value`(property: String) async throws {
        try await withMapper(TemplateDriver(), profile: devices) { edge in
            try await edge.expectState(.online)
            // Once the driver reads, this is all that is left: try await edge.expectReport("temperature", 21.5)
            let failure = await #expect(throws: MapperTestFailure.self) {
                try await edge.expectReport(property, 21.5, within: .seconds(1))
            }
            #expect(failure?.message.contains("not implemented by this driver yet") == true, "\(failure as Any)")
            #expect(edge.reports.isEmpty)
        }
    }

    @Test func `The driver keeps the contract`() async throws {
        let report = try await DriverConformance.run(TemplateDriver(), profile: devices)
        // Once the driver reads, nothing may be broken: #expect(report.breaches.isEmpty, "\(report)")
        #expect(report.breaches.map(\.rule) == [.reads], "\(report)")
    }
}
