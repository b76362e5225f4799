// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import MapperTesting

struct TwinRulesTests {
    private let old = TwinRules(version: EdgeCoreVersion(1, 3, 1))
    private let new = TwinRules(version: EdgeCoreVersion(1, 14))

    @Test(arguments: [
        ("int", "5", true), ("int", "-5", true), ("int", "9223372036854775807", true), ("int", "", false),
        ("int", "9223372036854775808", false), ("int", "5.0", false), ("int", "0x10", false),
        ("integer", "5", true), ("float", "1e3", true), ("float", "NaN", true), ("float", "Inf", true),
        ("float", "-0", true), ("float", "1e999", false), ("float", "", false), ("float", "0x10", false),
        ("float", "nan(1)", false), ("boolean", "true", true), ("boolean", "TRUE", false), ("boolean", "1", false),
        ("string", "", true), ("", "x", true), ("deleted", "x", true), ("double", "1", false), ("bytes", "x", false),
    ])
    func holdsValuesAgainstTheirType(_ type: String, _ value: String, isTaken: Bool) {
        #expect((new.refusal(of: value, as: type) == nil) == isTaken)
    }

    @Test func oldVersionsKnowNoInteger() {
        #expect(old.refusal(of: "5", as: "integer") == "the value type is not allowed")
    }

    @Test(arguments: [
        ("online", true, true), ("OK", false, true), ("Disconnected", false, true), ("bad", false, false),
    ])
    func holdsStatesAgainstTheVersion(_ state: String, isOld: Bool, isNew: Bool) {
        #expect(old.accepts(state: state) == isOld)
        #expect(new.accepts(state: state) == isNew)
    }

    @Test(arguments: [(512, true), (513, false)])
    func countsCharacters(_ count: Int, isTaken: Bool) {
        var twin = WireTwin()
        twin.actual = WireValue(String(repeating: "x", count: count))
        #expect((new.refusal(of: ["p": twin]) == nil) == isTaken)
    }

    @Test(arguments: [("p", true), ("a b", false), ("", false), (String(repeating: "p", count: 129), false)])
    func looksAtNames(_ name: String, isTaken: Bool) {
        #expect((new.refusal(of: [name: nil]) == nil) == isTaken)
    }
}
