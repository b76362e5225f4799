// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@Suite("What EdgeCore takes as a twin's name and value")
struct TwinCharactersTests {
    @Test(arguments: [
        ("a", true), (String(repeating: "n", count: 128), true), ("temperature-enable", true), ("", false),
        (String(repeating: "n", count: 129), false), ("two words", false), ("größe", false),
    ])
    func names(text: String, isName: Bool) {
        #expect(TwinCharacters.isName(text) == isName)
    }

    @Test(arguments: [
        ("", true), ("20.5", true), ("-_.,:/@#", true), (String(repeating: "v", count: 512), true),
        (String(repeating: "v", count: 513), false), ("two words", false), ("1e+06", false), ("é", false),
        ("a\n", false),
    ])
    func values(text: String, isValue: Bool) {
        #expect(TwinCharacters.isValue(text) == isValue)
    }
}
