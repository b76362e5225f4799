// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MapperKit
import MapperMQTT

/// Turns the keys as written into settings, and finds what contradicts itself or has no effect.
struct SettingsCheck {
    /// The tree the keys were decoded from; it knows the places.
    let tree: ConfigNode
    /// What has been found so far.
    private(set) var diagnostics: [Diagnostic]

    init(tree: ConfigNode, diagnostics: [Diagnostic]) {
        self.tree = tree
        self.diagnostics = diagnostics
    }

    /// Makes settings; they mean nothing if errors were found on the way.
    mutating func settings(from keys: SettingsTree) -> Settings {
        var settings = Settings()
        if let mqtt = keys.mqtt { settings.mqtt = configuration(of: mqtt) }
        if let path = keys.configmap.nonEmpty { settings.profile = .configMap(path) }
        if let level = keys.log?.level { settings.logLevel = level }
        if let format = keys.log?.format { settings.logFormat = format }
        if let refresh = keys.report?.refresh?.duration {
            settings.refresh = refresh
            if refresh < .seconds(1) { error("report.refresh", "'refresh' must be at least 1s") }
        }
        if let grace = keys.shutdown?.grace?.duration { settings.grace = grace }
        checkDMI(keys)
        return settings
    }

    // MARK: MQTT

    private mutating func configuration(of mqtt: SettingsTree.MQTT) -> MQTTConfiguration {
        let configuration = MQTTConfiguration(
            server: mqtt.server?.address ?? .local,
            username: mqtt.username.nonEmpty,
            password: password(of: mqtt),
            caFile: mqtt.caCert.nonEmpty,
            certificateFile: mqtt.certification.nonEmpty ?? mqtt.certificationFile.nonEmpty,
            privateKeyFile: mqtt.privatekey.nonEmpty ?? mqtt.privateKeyFile.nonEmpty,
            verifiesServerName: mqtt.verifyServerName ?? true,
            clientID: mqtt.clientId.nonEmpty
        )
        checkCertificates(configuration)
        if configuration.username == nil, configuration.password != nil {
            error("mqtt", "a password is set, but no 'username'")
        }
        if let name = mqtt.servername.nonEmpty, name != configuration.server.host {
            let host = configuration.server.host
            warn(
                "mqtt.servername",
                "'servername' has no effect: the broker's certificate must name the host of 'server', \(host)"
            )
        }
        return configuration
    }

    private mutating func password(of mqtt: SettingsTree.MQTT) -> String? {
        guard let file = mqtt.passwordFile.nonEmpty else { return mqtt.password.nonEmpty }
        guard mqtt.password.nonEmpty == nil else {
            error("mqtt.passwordFile", "only one of 'password' and 'passwordFile' is allowed")
            return nil
        }
        guard let data = FileManager.default.contents(atPath: file), let text = String(data: data, encoding: .utf8)
        else {
            error("mqtt.passwordFile", "'passwordFile' \(file) cannot be read: missing, not permitted, or not UTF-8")
            return nil
        }
        return String(text.prefix { !$0.isNewline })
    }

    private mutating func checkCertificates(_ mqtt: MQTTConfiguration) {
        let files = [
            ("caCert", mqtt.caFile), ("certification", mqtt.certificateFile), ("privatekey", mqtt.privateKeyFile),
        ]
        for case (let key, let path?) in files {
            if !mqtt.server.usesTLS {
                let hint = "ssl://\(mqtt.server.host):8883"
                error(
                    "mqtt.\(key)",
                    "'\(key)' is set, but \(mqtt.server) is not encrypted (use \(hint), or drop '\(key)')"
                )
            } else if !FileManager.default.isReadableFile(atPath: path) {
                error("mqtt.\(key)", "'\(key)' \(path) cannot be read: missing or not permitted")
            }
        }
        if (mqtt.certificateFile == nil) != (mqtt.privateKeyFile == nil) {
            let set = mqtt.certificateFile == nil ? "privatekey" : "certification"
            error("mqtt.\(set)", "'\(set)' is set alone: 'certification' and 'privatekey' belong together")
        }
    }

    // MARK: Keys for others

    private mutating func checkDMI(_ keys: SettingsTree) {
        guard keys.grpcServer?.socketPath.nonEmpty != nil else { return }
        let message = "DMI (KubeEdge 1.15 and later) is not available in this build yet"
        if keys.mqtt == nil {
            error("grpc_server", "\(message), and no broker is configured; set 'mqtt.server' to use MQTT")
        } else {
            warn("grpc_server", "\(message): 'grpc_server' has no effect, MQTT is used")
        }
    }

    /// Finds keys that other mappers know and this one has no use for.
    mutating func warnAboutEffectlessKeys() {
        let broker = "has no effect: the broker is always 'mqtt.server'"
        let profile = "has no effect: what to do with which device comes from the device profile"
        let effectless = [
            ("mqtt.mode", broker), ("mqtt.internal-server", broker),
            ("http", "has no effect: this mapper serves no REST interface"), ("device-model-name", profile),
            ("action-manager", profile), ("scheduler", profile), ("watcher", profile),
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

    private mutating func error(_ key: String, _ message: String) {
        diagnostics.append(.error(at: place(of: key), "configuration: \(message)"))
    }

    private mutating func warn(_ key: String, _ message: String) {
        diagnostics.append(.warning(at: place(of: key), "configuration: \(message)"))
    }

    /// Where a key stands; the nearest group around it when it does not stand anywhere.
    private func place(of key: String) -> SourceLocation? {
        let path = SettingKey(key).path
        let group = tree.node(at: path.dropLast())
        return group?.entries?.first { $0.key == path.last }?.keyLocation ?? group?.location ?? tree.location
    }
}

extension String? {
    /// The text unless it is empty: KubeEdge's samples write `""` for what is not set.
    fileprivate var nonEmpty: String? {
        self?.isEmpty == false ? self : nil
    }
}
