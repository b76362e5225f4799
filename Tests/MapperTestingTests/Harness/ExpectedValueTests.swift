// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import MapperTesting

@Suite("Expected values")
struct ExpectedValueTests {
    private func matches(_ expected: ExpectedValue, _ text: String, _ type: DataType) -> Bool {
        expected.matches(TwinReport.Value(text, dataType: type, acquiredAt: Timestamp(milliseconds: 0)))
    }

    @Test("numbers are compared as numbers")
    func numbers() {
        #expect(matches(21.5, "21.5", .float))
        #expect(matches(21.5, "21.50", .double))
        #expect(matches(3, "3", .int))
        #expect(matches(3, "3.0", .double))
        #expect(matches(3.0, "3", .int))
        #expect(matches(-3, "-3", .int))
        #expect(!matches(21.5, "21.6", .float))
        #expect(!matches(3, "4", .int))
        #expect(!matches(3, "three", .string))
        #expect(!matches(1, "true", .boolean))
        #expect(!matches(1, "1", .boolean))
        // Neighbours that a Double cannot tell apart.
        #expect(!matches(9_007_199_254_740_993, "9007199254740992", .int))
    }

    @Test("truth in any spelling that the model allows")
    func truth() {
        #expect(matches(true, "true", .boolean))
        #expect(matches(true, "1", .boolean))
        #expect(matches(false, "FALSE", .boolean))
        #expect(!matches(true, "false", .boolean))
        #expect(!matches(true, "1", .int))
    }

    @Test("texts exactly")
    func texts() {
        let name = "main"
        #expect(matches("auto", "auto", .string))
        #expect(matches("\(name) 1", "main 1", .string))
        #expect(!matches("auto", "Auto", .string))
        #expect(!matches("21.5", "21.50", .string))
        #expect(matches("_-8", "_-8", .bytes))
    }

    @Test("it reads as a test would write it")
    func description() {
        let values: [ExpectedValue] = [21.5, 3, true, "auto", 1e21]
        #expect(values.map(\.description) == ["21.5", "3", "true", "\"auto\"", "1000000000000000000000"])
    }
}
