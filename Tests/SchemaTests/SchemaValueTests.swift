// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@Suite(
    "The values the schemas allow are those that decoders and checks allow",
    .enabled(if: SchemaVerdicts.isAvailable, "needs the Debian package python3-jsonschema")
)
struct SchemaValueTests {
    static let groups = KeyGroup.settings + KeyGroup.modbus + KeyGroup.bluetooth

    @Test("types, limits and words of each key, found by trying values of every kind", arguments: groups)
    func values(_ group: KeyGroup) throws {
        let probes = try group.schema.properties(group.pointer).flatMap { key, schema in
            (ProbeValues.common + Array(Set(ProbeValues.own(schema)))).map { (key: key, schema: schema, value: $0) }
        }
        let answers = try SchemaVerdicts.complaints(
            probes.map {
                SchemaVerdicts.Question(
                    schema: group.schema,
                    pointer: "\(group.pointer)/properties/\($0.key)",
                    document: $0.value
                )
            }
        )
        var (taken, refused) = (0, 0)
        for (probe, complaints) in zip(probes, answers) {
            let trials = try group.trials(probe.key, probe.value)
            let isTaken = trials.contains { !$0.isRefused }
            (taken, refused) = isTaken ? (taken + 1, refused) : (taken, refused + 1)
            guard isTaken != complaints.isEmpty else { continue }
            let differences = isTaken ? ExpectedDifference.stricter : ExpectedDifference.laxer
            let isExpected = ExpectedDifference.explains(
                differences,
                group.pointer,
                probe.key,
                probe.value,
                probe.schema
            )
            let found = trials.map { "\($0.diagnostics)" }.first ?? ""
            #expect(isExpected, "\(probe.key): \(probe.value.json): schema: \(complaints), decoder: \(found)")
        }
        #expect(taken > 0 && refused > 0)
    }

    @Test("a default is what a missing key means, and nothing else is", arguments: groups)
    func defaults(_ group: KeyGroup) throws {
        for (key, schema) in try group.schema.properties(group.pointer) {
            let missing = try group.trials(key, nil).map { $0.outcome() }
            func meansMissing(_ value: ConfigNode) throws -> Bool {
                let outcomes = zip(missing, try group.trials(key, value).map { $0.outcome() })
                let compared = outcomes.filter { $0.0 != nil && $0.1 != nil }
                return !compared.isEmpty && compared.allSatisfy { $0.0 == $0.1 }
            }
            if let value = schema["default"] {
                #expect(try meansMissing(value), "\(key): \(value.json) is not the default")
                continue
            }
            // Keys without an effect are as good as missing, whatever they hold.
            guard schema["deprecationMessage"] == nil, schema["properties"] == nil else { continue }
            let zeroIsMissing = schema["description"]?.string?.contains("0 counts as missing") ?? false
            for value in ProbeValues.own(schema) + [0, 1, 100, false, true, "x"] where !value.isNull {
                guard !zeroIsMissing || value != 0 else { continue }
                #expect(
                    try !meansMissing(value),
                    "\(key): \(value.json) is the default, but the schema does not say so"
                )
            }
        }
    }

    @Test("KubeEdge's own forms: what the schema refuses the loader does not take without a word, kinds are the same")
    func forms() throws {
        var probes: [(name: String, sample: ProfileSample, document: Int)] = []
        for (definition, places) in KeyGroup.profilePlaces {
            let keys = try SchemaFile.profile.properties("/definitions/\(definition)").map(\.key)
            for place in places {
                let sample = try ProfileSample(place.sample)
                let trial = sample.trial()
                #expect(trial.diagnostics.isEmpty, "\(place): \(trial.diagnostics)")
                for key in keys {
                    for value in ProbeValues.few.map(Optional.init) + [nil] {
                        let changed = sample.changing(place.document, place.path + [key], to: value)
                        let name = "\(definition).\(key) = \(value?.json ?? "missing")"
                        probes.append((name, changed, place.document))
                    }
                }
            }
        }
        let answers = try SchemaVerdicts.complaints(
            probes.map { SchemaVerdicts.Question(schema: .profile, document: $0.sample.documents[$0.document]) }
        )
        for (probe, complaints) in zip(probes, answers) {
            let (findings, others) = probe.sample.findings()
            if !complaints.isEmpty {
                #expect(
                    !findings.isEmpty || !others.isEmpty,
                    "\(probe.name): the loader takes it, the schema says \(complaints)"
                )
            } else {
                let kinds = findings.filter { $0.severity == .error && Self.isAboutKind($0.message) }
                #expect(kinds.isEmpty, "\(probe.name): the schema takes it, the loader says \(kinds)")
            }
        }
        #expect(probes.count > 5000)
    }

    /// Whether a finding is about one value alone, and not about what others say.
    private static func isAboutKind(_ message: String) -> Bool {
        ["must be", "must not be empty", "expected a group", "are allowed)", "is allowed)", "is missing", "allowed is"]
            .contains(where: message.contains)
    }
}
