// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import MapperDMI

@Suite("Twins in reports")
struct ReportedTwinTests {
    @Test func bothSidesAreAlwaysThere() throws {
        for observed in [nil, "", "5"] {
            let message = try Samples.twin("temperature", "21.5", observed: observed).message
            #expect(message.hasReported)
            #expect(message.hasObservedDesired)
            #expect(message.observedDesired.value == observed ?? "")
            #expect(message.reported.value == "21.5")
            #expect(message.reported.metadata == ["type": "float", "timestamp": "5"])
        }
    }

    @Test(arguments: ["hello world", "{\"a\":1}", "abc=", "50%", "1e+06", "grün", String(repeating: "x", count: 513)])
    func whatEdgeCoreDropsIsNotSent(_ text: String) {
        #expect(throws: ReportedTwin.Refusal.value) { try Samples.twin("temperature", text) }
    }

    @Test(arguments: ["", "21.5", "-40", "a:b/c@d#e,f_g.h", String(repeating: "x", count: 512)])
    func whatEdgeCoreKeepsIsSent(_ text: String) throws {
        #expect(try Samples.twin("temperature", text).message.reported.value == text)
    }

    @Test(arguments: ["", "two words", String(repeating: "x", count: 129)])
    func namesAreChecked(_ name: String) {
        #expect(throws: ReportedTwin.Refusal.name) { try Samples.twin(name, "1") }
    }

    @Test func fallbackIsTaken() throws {
        var value = Samples.value("1e+06")
        value.fallbackText = "1000000"
        #expect(try ReportedTwin("temperature", value).message.reported.value == "1000000")
    }
}
