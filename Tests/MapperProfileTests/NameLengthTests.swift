// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile
import Testing

@Suite("Names are as long as Kubernetes allows")
struct NameLengthTests {
    private func findings(_ file: String, _ text: String) -> [String] {
        ProfileLoader().examine(contents: file, text)
    }

    @Test(
        "253 characters are taken, 254 are not",
        arguments: [
            ("p.json", SampleProfile.json, "\"boiler\"", "device", 2),
            ("p.json", SampleProfile.json, "\"boiler-model\"", "model", 11),
            ("p.yaml", SampleProfile.yaml, "pump\n", "device", 18),
            ("p.yaml", SampleProfile.yaml, "pump-model\n", "model", 4),
            ("p.yaml", SampleProfile.oldYAML, "fan\n", "device", 22),
        ]
    )
    func limit(file: String, text: String, name: String, what: String, line: Int) {
        func renamed(_ count: Int) -> String {
            let long = String(repeating: "n", count: count)
            return text.replacing(name, with: name.hasSuffix("\n") ? "\(long)\n" : "\"\(long)\"")
        }
        #expect(findings(file, renamed(253)) == [])
        let found = findings(file, renamed(254))
        #expect(found.count == 1)
        let start = String(repeating: "n", count: 40)
        #expect(found.first?.hasPrefix("\(file):\(line):") == true, "\(found)")
        #expect(
            found.first?.hasSuffix(
                ": error: \(what) '\(start)…': its name is 254 characters long, Kubernetes allows at most 253"
            ) == true,
            "\(found)"
        )
    }
}

extension ProfileLoader {
    /// What is found in one text, one line each.
    fileprivate func examine(contents file: String, _ text: String) -> [String] {
        do {
            return try load(contents: [(file, Array(text.utf8))]).warnings.map(\.description)
        } catch {
            return error.diagnostics.map(\.description)
        }
    }
}
