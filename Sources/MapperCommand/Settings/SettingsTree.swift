// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit

/// The configuration as it is written: every key optional, the names those of KubeEdge's mappers.
///
/// Keys: `mappers-go` v1.6–v1.13 (`mqtt`, `configmap`), its mapper-sdk-go (`servername`, `clientId`, `caCert`, `http`),
/// KubeEdge v1.3's Bluetooth mapper (`mode` and the keys around actions), mapper-framework v1.15 and later (`common`,
/// `grpc_server`, `dev_init`). `dmi`, `log`, `report`, `shutdown`, `mqtt.passwordFile` and `mqtt.verifyServerName` are this project's.
struct SettingsTree: Decodable {
    struct MQTT: Decodable {
        var server: BrokerText?
        var username: String?
        var password: String?
        var passwordFile: String?
        var certification: String?
        var certificationFile: String?
        var privatekey: String?
        var privateKeyFile: String?
        var caCert: String?
        var clientId: String?
        var servername: String?
        var verifyServerName: Bool?
        var mode: ConfigNode?
        var internalServer: ConfigNode?

        enum CodingKeys: String, CodingKey {
            case server, username, password, passwordFile, certification, certificationFile, privatekey, privateKeyFile
            case caCert, clientId, servername, verifyServerName, mode
            case internalServer = "internal-server"
        }
    }

    struct Common: Decodable {
        var name: String?
        var version: String?
        var apiVersion: String?
        var `protocol`: String?
        var address: String?
        var edgecoreSock: String?
        var httpPort: Int?

        enum CodingKeys: String, CodingKey {
            case name, version, address, `protocol`
            case apiVersion = "api_version"
            case edgecoreSock = "edgecore_sock"
            case httpPort = "http_port"
        }
    }

    struct GRPCServer: Decodable {
        var socketPath: String?

        enum CodingKeys: String, CodingKey {
            case socketPath = "socket_path"
        }
    }

    struct DMI: Decodable {
        var requestsPerSecond: Double?
        var messagesPerSecond: Double?
    }

    struct Log: Decodable {
        var level: Logger.Level?
        var format: LogFormat?
    }

    struct Report: Decodable {
        var refresh: DurationText?
    }

    struct Shutdown: Decodable {
        var grace: DurationText?
    }

    var mqtt: MQTT?
    var configmap: String?
    var common: Common?
    var grpcServer: GRPCServer?
    var dmi: DMI?
    var log: Log?
    var report: Report?
    var shutdown: Shutdown?
    var http: ConfigNode?
    var deviceModelName: ConfigNode?
    var actionManager: ConfigNode?
    var scheduler: ConfigNode?
    var watcher: ConfigNode?
    var devInit: ConfigNode?

    enum CodingKeys: String, CodingKey {
        case mqtt, configmap, common, dmi, log, report, shutdown, http, scheduler, watcher
        case grpcServer = "grpc_server"
        case deviceModelName = "device-model-name"
        case actionManager = "action-manager"
        case devInit = "dev_init"
    }
}
