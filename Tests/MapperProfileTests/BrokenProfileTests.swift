// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile
import Testing

@Suite("Broken profiles")
struct BrokenProfileTests {
    @Test(
        "The samples themselves are good",
        arguments: [
            ("p.json", SampleProfile.json), ("p.yaml", SampleProfile.yaml), ("p.yaml", SampleProfile.oldYAML),
        ]
    )
    func good(file: String, text: String) throws {
        let loaded = try ProfileLoader().load(contents: [(file, Array(text.utf8))])
        #expect(loaded.warnings.isEmpty)
        #expect(loaded.profile.devices.count == 1)
    }

    @Test("Each gets its complaints, with place", arguments: breakages)
    func broken(_ breakage: Breakage) {
        #expect(breakage.text != breakage.sample)
        #expect(breakage.findings() == breakage.complaints.map { "\(breakage.file):\($0)" })
    }
}
