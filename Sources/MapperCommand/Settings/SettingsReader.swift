// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Logging
import MapperKit
import MapperProfile

/// Brings command line, environment, configuration file and defaults together, in this order of precedence.
struct SettingsReader {
    /// The settings and everything that was found; no settings if anything was an error.
    struct Outcome {
        var settings: Settings?
        var diagnostics: [Diagnostic]
    }

    /// The program that is configured.
    var program: ProgramIdentity
    /// The file that is read when no other is named, if it exists: what KubeEdge's mappers do.
    var defaultFile = "./config.yaml"
    /// The process's environment.
    var environment: [String: String]
    /// What the mapper itself has to say about the file.
    var explain: @Sendable (ConfigNode) -> [Diagnostic] = { _ in [] }

    /// Whether the build can speak DMI.
    var hasDMI = DMISupport.isIncluded

    /// Reads all sources.
    func read(_ overrides: SettingsOverrides) -> Outcome {
        var tree: ConfigNode
        do {
            tree = try fileTree(overrides.configFile)
        } catch {
            return Outcome(settings: nil, diagnostics: error.diagnostics)
        }
        let explanations = explain(tree).map {
            Diagnostic($0.severity, at: $0.location, "configuration: \($0.message)")
        }
        tree = overlaid(tree, overrides)
        let outcome = ConfigDecoder.decode(SettingsTree.self, from: tree, subject: "configuration")
        var check = SettingsCheck(
            tree: tree,
            program: program,
            profiles: overrides.profiles,
            hasDMI: hasDMI,
            diagnostics: explanations + outcome.diagnostics + misspeltVariables
        )
        check.warnAboutEffectlessKeys()
        let settings = outcome.value.map { check.settings(from: $0) }
        let diagnostics = check.diagnostics.map(SettingSource.naming)
        return Outcome(settings: diagnostics.containsErrors ? nil : settings, diagnostics: diagnostics)
    }

    private func fileTree(_ named: String?) throws(ConfigurationError) -> ConfigNode {
        let nothing = ConfigNode(.mapping([]))
        var path = named ?? environment[SettingKey.fileVariable].flatMap { $0.isEmpty ? nil : $0 }
        if path == nil, FileManager.default.fileExists(atPath: defaultFile) { path = defaultFile }
        guard let path else { return nothing }
        let documents = try ConfigReader().read(file: path)
        guard documents.count <= 1 else {
            let place = documents[1].location ?? SourceLocation(file: path, line: 1, column: 1)
            throw ConfigurationError([.error(at: place, "a configuration file has one document, this is a second one")])
        }
        guard let tree = documents.first, !tree.isNull else { return nothing }
        guard tree.entries != nil else {
            let message = "a configuration file is a group of keys, not \(tree.kind)"
            throw ConfigurationError([.error(at: tree.location, message)])
        }
        return tree
    }

    private func overlaid(_ tree: ConfigNode, _ overrides: SettingsOverrides) -> ConfigNode {
        var tree = tree
        for key in SettingKey.all {
            guard let text = environment[key.variable], !text.isEmpty else { continue }
            tree = tree.setting(key.path, to: ConfigNode(.string(text), at: SettingSource.variable(key.variable)))
        }
        let options = [
            ("mqtt.server", "--mqtt", overrides.mqtt),
            ("common.edgecore_sock", "--dmi", overrides.dmi.map(SocketPath.absolute)),
            ("log.level", "--log-level", overrides.logLevel?.rawValue),
            ("log.format", "--log-format", overrides.logFormat?.rawValue),
        ]
        for case (let key, let option, let text?) in options {
            let node = ConfigNode(.string(text), at: SettingSource.option(option))
            tree = tree.setting(SettingKey(key).path, to: node)
        }
        return tree
    }

    /// Kubernetes puts variables of its own into every container, so only what looks like a slip is worth a word.
    private var misspeltVariables: [Diagnostic] {
        let known = SettingKey.all.map(\.variable) + [SettingKey.fileVariable]
        return environment.keys.sorted().compactMap { name in
            guard name.hasPrefix("MAPPER_"), !known.contains(name), name.count >= 10 else { return nil }
            guard let nearest = Spelling.nearest(to: name, in: known),
                name.count - "MAPPER_".count > 2 * abs(name.count - nearest.count)
            else { return nil }
            return .warning(at: nil, "environment variable \(name) has no effect, did you mean \(nearest)?")
        }
    }
}
