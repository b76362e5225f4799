// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile
import Testing

/// One change to a good file, and everything that must be said about it.
struct Breakage: Sendable, CustomTestStringConvertible {
    var name: String
    var sample: String
    var file: String
    var old: String
    var new: String
    var complaints: [String]

    init(_ name: String, json old: String, _ new: String, _ complaints: String...) {
        (self.name, sample, file) = (name, SampleProfile.json, "p.json")
        (self.old, self.new, self.complaints) = (old, new, complaints)
    }

    init(_ name: String, yaml old: String, _ new: String, _ complaints: String...) {
        (self.name, sample, file) = (name, SampleProfile.yaml, "p.yaml")
        (self.old, self.new, self.complaints) = (old, new, complaints)
    }

    init(_ name: String, oldYAML old: String, _ new: String, _ complaints: String...) {
        (self.name, sample, file) = (name, SampleProfile.oldYAML, "p.yaml")
        (self.old, self.new, self.complaints) = (old, new, complaints)
    }

    var testDescription: String { name }

    var text: String { sample.replacing(old, with: new) }

    /// All findings, each without the file's name.
    func findings() -> [String] {
        do {
            return try ProfileLoader().load(contents: [(file, Array(text.utf8))]).warnings.map(\.description)
        } catch {
            return error.diagnostics.map(\.description)
        }
    }
}
