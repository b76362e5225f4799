// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Names one key of the configuration file, with what the help and the environment know about it.
struct SettingKey: Hashable, Sendable {
    /// The keys from the file's root down to the setting.
    let path: [String]

    /// Creates a key from the dotted form people write.
    init(_ dotted: String) {
        path = dotted.split(separator: ".").map(String.init)
    }

    /// The environment variable that overrides the file: the path in capitals behind `MAPPER_`, points as underscores.
    var variable: String {
        "MAPPER_" + path.joined(separator: "_").uppercased()
    }

    /// Every key that has an effect.
    static let all = [
        "mqtt.server", "mqtt.username", "mqtt.password", "mqtt.passwordFile", "mqtt.caCert", "mqtt.certification",
        "mqtt.privatekey", "mqtt.clientId", "mqtt.servername", "mqtt.verifyServerName", "configmap",
        "common.name", "common.version", "common.api_version", "common.protocol", "common.address",
        "common.edgecore_sock", "common.http_port", "grpc_server.socket_path",
        "dmi.requestsPerSecond", "dmi.messagesPerSecond",
        "log.level", "log.format", "report.refresh", "shutdown.grace",
    ].map(SettingKey.init)

    /// The variable that names the configuration file.
    static let fileVariable = "MAPPER_CONFIG"
}
