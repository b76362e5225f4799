// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperProfile
import Testing

private let fixtures = ProcessInfo.processInfo.environment["MAPPERKIT_FIXTURES"]

@Suite(
    "Whole files, by loader and by schema",
    .enabled(if: SchemaVerdicts.isAvailable, "needs the Debian package python3-jsonschema")
)
struct SchemaFileTests {
    @Test("the devices of this repository")
    func devices() throws {
        let files = ["device-models", "Examples", "mappers"].flatMap { Project.files(under: $0, ending: ".yaml") }
            .filter { !$0.hasSuffix("config.yaml") && Self.isProfile(Project.path($0)) }
        #expect(files.count > 30)
        let verdicts = try FileVerdict.profiles(
            files.map { file in
                let folder = Project.path(file).split(separator: "/", omittingEmptySubsequences: false).dropLast()
                let model = folder.joined(separator: "/") + "/model.yaml"
                let isThere = FileManager.default.fileExists(atPath: model) && model != Project.path(file)
                return (file, Project.path(file), isThere ? [model] : [])
            }
        )
        for verdict in verdicts { #expect(verdict.complaints == [], "\(verdict.name)") }
    }

    @Test("the configuration files of this repository")
    func configurations() throws {
        let files = ["mappers", "Examples"].flatMap { Project.files(under: $0, ending: "config.yaml") }
        #expect(files.count >= 2)
        let verdicts = try FileVerdict.configurations(files.map { ($0, Project.path($0)) })
        for verdict in verdicts { #expect(verdict.complaints == [], "\(verdict.name)") }
    }

    @Test(
        "devices as KubeEdge and its users wrote them",
        .enabled(if: fixtures != nil, "MAPPERKIT_FIXTURES is not set")
    )
    func fixtureDevices() throws {
        let root = try #require(fixtures)
        let names = ["kubeedge", "kubeedge-v1beta1"].flatMap { Self.names(under: $0, in: root) }
            .filter { !$0.contains("membership") && !$0.contains("conversion-vectors") && !Self.isConfiguration($0) }
        #expect(names.count > 110)
        let verdicts = try FileVerdict.profiles(
            names.map { ($0, "\(root)/\($0)", Self.models(for: $0, among: names).map { "\(root)/\($0)" }) }
        )
        Self.judge(verdicts, Self.expectedDevices)
    }

    @Test(
        "configuration files of KubeEdge's mappers",
        .enabled(if: fixtures != nil, "MAPPERKIT_FIXTURES is not set")
    )
    func fixtureConfigurations() throws {
        let root = try #require(fixtures)
        let names = Self.names(under: "kubeedge", in: root).filter(Self.isConfiguration)
        #expect(names.count > 10)
        let verdicts = try FileVerdict.configurations(names.map { ($0, "\(root)/\($0)") })
        Self.judge(verdicts, Self.expectedConfigurations)
    }

    @Test(
        "ConfigMaps as CloudCore sends them",
        .enabled(if: fixtures != nil, "MAPPERKIT_FIXTURES is not set"),
        arguments: ["v1.3.1", "v1.6.2", "v1.14.0"]
    )
    func captures(version: String) throws {
        let root = try #require(fixtures)
        let files = Self.names(under: "wire/\(version)/cloud", in: root).filter { $0.hasSuffix("-configmap.json") }
        #expect(files.count > 5)
        var questions: [SchemaVerdicts.Question] = []
        var samples: [ProfileSample] = []
        for file in files {
            let data = try ConfigReader().read(file: "\(root)/\(file)").first?["data"]
            for document in [data?["body"], data?["deviceProfile"]].compactMap(\.self) where document.entries != nil {
                questions.append(SchemaVerdicts.Question(schema: .profile, document: document))
                samples.append(ProfileSample(documents: [document]))
            }
        }
        for (complaints, sample) in zip(try SchemaVerdicts.complaints(questions), samples) where !complaints.isEmpty {
            #expect(!sample.trial().diagnostics.isEmpty, "\(complaints)")
        }
    }

    // MARK: Differences

    /// Words of an error that the loader has where the schema has none, each with the reason.
    private static let expectedDevices = [
        (words: "has a twin but no visitor", reason: "a schema does not compare two lists"),
        (words: "has no such property", reason: "a schema does not follow names"),
    ]

    private static let expectedConfigurations: [(words: String, reason: String)] = []

    /// Prints a table and finds what nobody expected.
    private static func judge(_ verdicts: [FileVerdict], _ expected: [(words: String, reason: String)]) {
        let isPrinting = ProcessInfo.processInfo.environment["MAPPERKIT_PRINT_TABLE"] != nil
        if isPrinting { print("| File | Loader | Schema |\n|---|---|---|") }
        var used: Set<String> = []
        for verdict in verdicts {
            if isPrinting { print(verdict.line) }
            guard let difference = verdict.difference else { continue }
            #expect(difference == .onlyLoader, "\(verdict.name): the loader takes it: \(verdict.complaints)")
            for finding in verdict.findings where finding.severity == .error {
                let reason = expected.first { finding.message.contains($0.words) }
                #expect(reason != nil, "\(verdict.name): the schema takes it: \(finding)")
                if let reason {
                    used.insert(reason.words)
                    if isPrinting { print("    only the loader: \(finding.message): \(reason.reason)") }
                }
            }
        }
        #expect(used == Set(expected.map(\.words)))
    }

    // MARK: Files

    private static func names(under folder: String, in root: String) -> [String] {
        guard let names = FileManager.default.enumerator(atPath: "\(root)/\(folder)") else { return [] }
        return names.compactMap { $0 as? String }.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".json") }
            .map { "\(folder)/\($0)" }.sorted()
    }

    private static func isConfiguration(_ name: String) -> Bool {
        name.hasSuffix("config.yaml") || name.hasSuffix("config_test.yaml")
    }

    private static func isProfile(_ path: String) -> Bool {
        let documents = (try? ConfigReader().read(file: path)) ?? []
        return documents.contains { ["Device", "DeviceModel"].contains($0["kind"]?.string ?? "") }
    }

    /// The file with the models of a file of devices: the same name with another word in it.
    private static func models(for name: String, among names: [String]) -> [String] {
        let words = [
            ("device-instance", "device-model"), ("-instance", "-model"), ("full-device", "full-model"),
            ("minimal-device", "minimal-model"),
        ]
        let candidates =
            words.map { name.replacing($0.0, with: $0.1) } + [
                name.replacing(/modbus-(rtu|tcp)-device-instance/, with: "modbus-device-model"),
                name.replacing("-instance_sanitised", with: "-model"),
                name.replacing("crds_instance", with: "crds_model"),
                name.replacing("synthetic-bluetooth-instance", with: "synthetic-cc2650-model"),
                name.replacing("synthetic-full-modbus-tcp-instance", with: "synthetic-full-modbus-model"),
            ]
        return candidates.first { $0 != name && names.contains($0) }.map { [$0] } ?? []
    }
}
