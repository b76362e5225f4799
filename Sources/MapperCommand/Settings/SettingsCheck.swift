// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Turns the keys as written into settings, and finds what contradicts itself or has no effect.
struct SettingsCheck {
    /// The tree the keys were decoded from; it knows the places.
    let tree: ConfigNode
    /// The program that is configured.
    let program: ProgramIdentity
    /// The profiles named on the command line.
    let profiles: [String]
    /// Whether the build can speak DMI.
    let hasDMI: Bool
    /// What has been found so far.
    private(set) var diagnostics: [Diagnostic]

    init(
        tree: ConfigNode,
        program: ProgramIdentity,
        profiles: [String],
        hasDMI: Bool,
        diagnostics: [Diagnostic]
    ) {
        self.tree = tree
        self.program = program
        self.profiles = profiles
        self.hasDMI = hasDMI
        self.diagnostics = diagnostics
    }

    /// Makes settings; they mean nothing if errors were found on the way.
    mutating func settings(from keys: SettingsTree) -> Settings {
        var settings = Settings(edge: edge(from: keys))
        settings.protocolPlace = place(of: "common.protocol")
        if let level = keys.log?.level { settings.logLevel = level }
        if let format = keys.log?.format { settings.logFormat = format }
        if let refresh = keys.report?.refresh?.duration {
            settings.refresh = refresh
            if refresh < .seconds(1) { error("report.refresh", "'refresh' must be at least 1s") }
        }
        if let grace = keys.shutdown?.grace?.duration { settings.grace = grace }
        return settings
    }

    /// Finds keys that other mappers know and this one has no use for.
    mutating func warnAboutEffectlessKeys() {
        let broker = "has no effect: the broker is always 'mqtt.server'"
        let profile = "has no effect: what to do with which device comes from the device profile"
        let rest = "has no effect: this mapper serves no REST interface"
        let effectless = [
            ("mqtt.mode", broker), ("mqtt.internal-server", broker),
            ("http", rest), ("common.http_port", rest), ("device-model-name", profile), ("action-manager", profile),
            ("scheduler", profile), ("watcher", profile),
        ]
        for (key, reason) in effectless {
            let path = SettingKey(key).path
            guard let name = path.last, tree.node(at: path) != nil, !isExplained(key) else { continue }
            warn(key, "'\(name)' \(reason)")
        }
    }

    /// Whether the mapper itself has said something about a key.
    private func isExplained(_ key: String) -> Bool {
        guard let place = place(of: key) else { return false }
        return diagnostics.contains { $0.location == place }
    }

    /// Takes what was found.
    mutating func add(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    /// Finds an error at a key.
    mutating func error(_ key: String, _ message: String) {
        diagnostics.append(.error(at: place(of: key), "configuration: \(message)"))
    }

    /// Finds something doubtful at a key.
    mutating func warn(_ key: String, _ message: String) {
        diagnostics.append(.warning(at: place(of: key), "configuration: \(message)"))
    }

    /// Where a key stands; the nearest group around it when it does not stand anywhere.
    func place(of key: String) -> SourceLocation? {
        let path = SettingKey(key).path
        let group = tree.node(at: path.dropLast())
        return group?.entries?.first { $0.key == path.last }?.keyLocation ?? group?.location ?? tree.location
    }
}

extension String? {
    /// The text unless it is empty: KubeEdge's samples write `""` for what is not set.
    var nonEmpty: String? {
        self?.isEmpty == false ? self : nil
    }
}
