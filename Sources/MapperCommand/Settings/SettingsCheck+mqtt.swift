// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MapperKit
import MapperMQTT

extension SettingsCheck {
    /// Makes the configuration of the link to a broker.
    mutating func configuration(of mqtt: SettingsTree.MQTT) -> MQTTConfiguration {
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
}
