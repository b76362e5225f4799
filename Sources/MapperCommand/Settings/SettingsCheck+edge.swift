// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperMQTT

extension SettingsCheck {
    /// Chooses the link to KubeEdge: DMI where a key of its sockets is set, MQTT otherwise.
    mutating func edge(from keys: SettingsTree) -> EdgeChoice {
        let choosing = [
            ("common.edgecore_sock", keys.common?.edgecoreSock),
            ("grpc_server.socket_path", keys.grpcServer?.socketPath),
        ].filter { $0.1.nonEmpty != nil }.map(\.0)
        guard let key = choosing.first else { return mqtt(from: keys) }
        if keys.mqtt?.server?.address != nil {
            complainAboutBoth(choosing)
        } else if !hasDMI {
            error(key, "\(label(of: key)) chooses DMI, but this build has no DMI: build with the package trait DMI")
        } else {
            warnAboutMQTT(keys)
            warnAboutConfigMapMode(keys)
        }
        if !profiles.isEmpty {
            let message =
                "configuration: devices come from EdgeCore, as \(labels(of: [key])) chooses DMI: drop '--profile'"
            add(.error(at: SettingSource.option("--profile"), message))
        }
        return .dmi(dmi(from: keys))
    }

    private mutating func mqtt(from keys: SettingsTree) -> EdgeChoice {
        if tree["dmi"]?.entries?.isEmpty == false {
            warn("dmi", "'dmi' has no effect: MQTT is used, as neither '--dmi' nor 'common.edgecore_sock' is set")
        }
        let profile: ProfileSource =
            if profiles.isEmpty { keys.configmap.nonEmpty.map { .configMap($0) } ?? .standard } else {
                .paths(profiles)
            }
        return .mqtt(keys.mqtt.map { configuration(of: $0) } ?? MQTTConfiguration(), profile: profile)
    }

    private mutating func complainAboutBoth(_ choosing: [String]) {
        let broker = label(of: "mqtt.server")
        error(
            "mqtt.server",
            "\(broker) chooses MQTT, but \(labels(of: choosing)) DMI: drop \(broker) for KubeEdge 1.15 and later, or "
                + "\(choosing.map { label(of: $0) }.joined(separator: " and ")) for an earlier one or a broker alone"
        )
    }

    private mutating func warnAboutMQTT(_ keys: SettingsTree) {
        if keys.configmap.nonEmpty != nil { warn("configmap", "'configmap' has no effect: devices come from EdgeCore") }
        let explained = ["server", "mode", "internal-server"]
        for entry in tree["mqtt"]?.entries ?? [] where !explained.contains(entry.key) {
            guard !entry.value.isNull, entry.value.string != "",
                SettingsTree.MQTT.CodingKeys(rawValue: entry.key) != nil
            else { continue }
            warn("mqtt.\(entry.key)", "'\(entry.key)' has no effect: DMI needs no broker")
        }
    }

    /// mapper-framework's first versions could take devices from a ConfigMap instead; `register` is what is done here.
    private mutating func warnAboutConfigMapMode(_ keys: SettingsTree) {
        guard let mode = keys.devInit?["mode"]?.string, mode != "", mode != "register" else { return }
        warn("dev_init.mode", "'mode' is '\(mode)', which has no effect: devices come from EdgeCore, as by 'register'")
    }

    /// What a user calls a setting: the key, the option or the environment variable.
    private func label(of key: String) -> String { "'\(SettingSource.name(at: place(of: key)) ?? key)'" }

    /// The settings with the places of those that are in a file.
    private func labels(of keys: [String]) -> String {
        keys.map { key in
            guard let place = place(of: key), SettingSource.name(at: place) == nil else { return label(of: key) }
            return "\(label(of: key)) (\(place))"
        }.joined(separator: " and ")
    }
}
