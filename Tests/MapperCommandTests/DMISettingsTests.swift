// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperMQTT
import Testing

@testable import MapperCommand

@Suite("Settings of DMI")
struct DMISettingsTests {
    /// What is the case when only EdgeCore's socket is known.
    private let standard = DMISettings(
        mapperSocket: "/etc/kubeedge/test-mapper.sock",
        name: "test-mapper",
        version: "1.2.3"
    )

    @Test("A configuration file as mapper-framework generates it works as it is")
    func framework() throws {
        let (settings, complaints) = try readSettings(
            """
            grpc_server:
              socket_path: /etc/kubeedge/thermo.sock
            common:
              name: Thermo-mapper
              version: v1.13.0
              api_version: v1.0.0
              protocol: thermo
              address: 127.0.0.1
              edgecore_sock: /etc/kubeedge/dmi.sock

            """
        )
        #expect(complaints == "")
        let expected = DMISettings(
            mapperSocket: "/etc/kubeedge/thermo.sock",
            name: "Thermo-mapper",
            version: "v1.13.0",
            protocolName: "thermo"
        )
        #expect(settings?.edge.dmi == expected)
    }

    @Test("The way its first versions get devices is what is done here; the other one has no effect")
    func devInit() throws {
        let sockets = "common: {edgecore_sock: /run/dmi.sock}\ndev_init:\n  "
        #expect(try readSettings(sockets + "mode: register\n").1 == "")
        let (settings, complaints) = try readSettings(sockets + "mode: configmap\n")
        #expect(settings?.edge.dmi != nil)
        #expect(
            complaints.hasPrefix("config.yaml:3:3: warning: configuration: 'mode' is 'configmap', which has no effect")
        )
    }

    @Test("More requests than EdgeCore takes are warned about")
    func tooManyRequests() throws {
        let (settings, complaints) = try readSettings(
            "common: {edgecore_sock: /run/dmi.sock}\ndmi: {requestsPerSecond: 5}\n"
        )
        #expect(settings?.edge.dmi?.requestsPerSecond == 5)
        #expect(
            complaints.contains("warning: configuration: 'requestsPerSecond' is 5.0, but EdgeCore takes 1 a second")
        )
    }

    @Test("A socket on the command line begins in the working directory", arguments: ["q.sock", "./q.sock"])
    func relativeOption(path: String) throws {
        let (settings, complaints) = try readSettings(nil, SettingsOverrides(dmi: path))
        #expect(complaints == "")
        #expect(settings?.edge.dmi?.edgeCoreSocket == FileManager.default.currentDirectoryPath + "/q.sock")
    }

    @Test("As it leaves the generator, without a protocol, the driver's own name stands for it")
    func noProtocol() throws {
        let (settings, complaints) = try readSettings("common: {protocol: '', edgecore_sock: /run/dmi.sock}\nmqtt:\n")
        #expect(complaints == "")
        let dmi = try #require(settings?.edge.dmi)
        #expect(dmi.protocolName == nil)
        #expect(dmi.edgeCoreSocket == "/run/dmi.sock")
        #expect(dmi.mapperSocket == "/run/test-mapper.sock")
    }

    @Test(
        "DMI is chosen by a socket, in file, environment or options",
        arguments: [
            ("common: {edgecore_sock: /etc/kubeedge/dmi.sock}", [:], nil),
            ("grpc_server: {socket_path: /etc/kubeedge/test-mapper.sock}", [:], nil),
            (nil, ["MAPPER_COMMON_EDGECORE_SOCK": "/etc/kubeedge/dmi.sock"], nil),
            (nil, ["MAPPER_GRPC_SERVER_SOCKET_PATH": "/etc/kubeedge/test-mapper.sock"], nil),
            (nil, [:], "/etc/kubeedge/dmi.sock"),
            ("mqtt: {server: ''}\nconfigmap: ''\n", [:], "/etc/kubeedge/dmi.sock"),
            ("common: {edgecore_sock: /other.sock}", [:], "/etc/kubeedge/dmi.sock"),
            (
                "common: {edgecore_sock: /x.sock}", ["MAPPER_COMMON_EDGECORE_SOCK": "/y.sock"],
                "/etc/kubeedge/dmi.sock"
            ),
            (
                "common: {edgecore_sock: /x.sock}", ["MAPPER_COMMON_EDGECORE_SOCK": "/etc/kubeedge/dmi.sock"],
                nil
            ),
        ] as [(String?, [String: String], String?)]
    )
    func chosen(yaml: String?, environment: [String: String], option: String?) throws {
        let (settings, complaints) = try readSettings(
            yaml,
            environment: environment,
            SettingsOverrides(dmi: option)
        )
        #expect(complaints == "")
        #expect(settings?.edge.dmi == standard)
    }

    @Test(
        "Without a socket it is MQTT, whatever else mapper-framework's keys say",
        arguments: [
            "common: {name: x, protocol: y}", "grpc_server: {socket_path: ''}", "common: {edgecore_sock: ''}",
            "grpc_server:\ncommon:\nmqtt:\n",
        ]
    )
    func notChosen(yaml: String) throws {
        let (settings, complaints) = try readSettings(yaml)
        #expect(complaints == "")
        #expect(settings?.edge.mqtt?.server == .local)
        #expect(settings?.edge.profile == .standard)
    }

    @Test("Every key can come from the environment")
    func everyKey() throws {
        let (settings, complaints) = try readSettings(
            nil,
            environment: [
                "MAPPER_GRPC_SERVER_SOCKET_PATH": "/run/m.sock", "MAPPER_COMMON_NAME": "n",
                "MAPPER_COMMON_VERSION": "v2", "MAPPER_COMMON_API_VERSION": "v3", "MAPPER_COMMON_PROTOCOL": "p",
                "MAPPER_COMMON_ADDRESS": "127.0.0.1", "MAPPER_COMMON_EDGECORE_SOCK": "/run/dmi.sock",
                "MAPPER_DMI_REQUESTSPERSECOND": "0.5", "MAPPER_DMI_MESSAGESPERSECOND": "10",
            ]
        )
        #expect(complaints == "")
        let expected = DMISettings(
            edgeCoreSocket: "/run/dmi.sock",
            mapperSocket: "/run/m.sock",
            name: "n",
            version: "v2",
            apiVersion: "v3",
            protocolName: "p",
            requestsPerSecond: 0.5,
            messagesPerSecond: 10
        )
        #expect(settings?.edge.dmi == expected)
    }

    @Test(
        "What is wrong about sockets is said with its place",
        arguments: [
            (
                "common: {edgecore_sock: dmi.sock}",
                "config.yaml:1:10: error: configuration: 'edgecore_sock' is 'dmi.sock', but must be an absolute path"
            ),
            (
                "common:\n  edgecore_sock: unix:///etc/kubeedge/dmi.sock",
                "config.yaml:2:3: error: configuration: 'edgecore_sock' is 'unix:///etc/kubeedge/dmi.sock', but EdgeCore "
                    + "knows sockets by the bare path: write '/etc/kubeedge/dmi.sock'"
            ),
            (
                "grpc_server: {socket_path: 'unix:///run/m.sock'}",
                "config.yaml:1:15: error: configuration: 'socket_path' is 'unix:///run/m.sock', but EdgeCore knows sockets "
                    + "by the bare path: write '/run/m.sock'"
            ),
            (
                "common: {edgecore_sock: /etc/kubeedge/}",
                "config.yaml:1:10: error: configuration: 'edgecore_sock' is '/etc/kubeedge/', but must name the socket, "
                    + "not its directory"
            ),
            (
                "grpc_server: {socket_path: /LONG}",
                "config.yaml:1:15: error: configuration: 'socket_path' has 108 bytes, at most 107 are allowed: /"
            ),
            (
                "common: {edgecore_sock: /LONG}",
                "config.yaml:1:10: error: configuration: 'edgecore_sock' has 108 bytes, at most 107 are allowed: /"
            ),
            (
                "grpc_server: {socket_path: /etc/kubeedge/dmi.sock}",
                "config.yaml:1:15: error: configuration: 'socket_path' is /etc/kubeedge/dmi.sock, EdgeCore's own socket: "
                    + "the mapper listens on another one"
            ),
            (
                "common: {edgecore_sock: /run/test-mapper.sock}",
                "config.yaml:1:1: error: configuration: 'socket_path' is /run/test-mapper.sock, EdgeCore's own socket"
            ),
            (
                "common:\n  edgecore_sock: /run/dmi.sock\n  http_port: 7777",
                "config.yaml:3:3: warning: configuration: 'http_port' has no effect: this mapper serves no REST interface"
            ),
        ]
    )
    func sockets(yaml: String, complaint: String) throws {
        try expect(complaint, of: yaml.replacing("LONG", with: String(repeating: "x", count: 107)))
    }

    @Test(
        "What is wrong or has no effect beside DMI is said with its place",
        arguments: [
            (
                "dmi: {requestsPerSecond: 0}",
                "config.yaml:2:7: error: configuration: 'requestsPerSecond' is 0.0, allowed is 0.01…1000"
            ),
            (
                "dmi: {requestsPerSecond: 1000.5}",
                "config.yaml:2:7: error: configuration: 'requestsPerSecond' is 10"
            ),
            ("dmi: {requestsPerSecond: .nan}", "config.yaml:2:"),
            (
                "dmi: {messagesPerSecond: -1}",
                "config.yaml:2:7: error: configuration: 'messagesPerSecond' is -1.0, allowed is 0.01…1000"
            ),
            ("dmi: {messagesPerSecond: .inf}", "config.yaml:2:"),
            (
                "dmi: {messagesPerSecond: fast}",
                "config.yaml:2:26: error: configuration: 'messagesPerSecond' must"
            ),
            ("dmi: {perSecond: 5}", "config.yaml:2:7: warning: configuration: unknown key 'perSecond'"),
            (
                "configmap: /opt/kubeedge/deviceProfile.json",
                "config.yaml:2:1: warning: configuration: 'configmap' has no effect: devices come from EdgeCore"
            ),
            (
                "mqtt: {username: u, passwordFile: ''}",
                "config.yaml:2:8: warning: configuration: 'username' has no effect: DMI needs no broker"
            ),
            (
                "mqtt: {verifyServerName: false}",
                "config.yaml:2:8: warning: configuration: 'verifyServerName' has no effect: DMI needs no broker"
            ),
            ("mqtt: {mode: 1}", "config.yaml:2:8: warning: configuration: 'mode' has no effect: the broker is"),
        ]
    )
    func keysBeside(yaml: String, complaint: String) throws {
        try expect(complaint, of: "common: {edgecore_sock: /run/dmi.sock}\n" + yaml)
    }

    private func expect(_ complaint: String, of yaml: String) throws {
        let (settings, complaints) = try readSettings(yaml)
        let lines = complaints.split(separator: "\n")
        #expect(lines.first.map { $0.hasPrefix(complaint) } == true, "got: \(complaints)")
        #expect(lines.count == 1)
        #expect((settings == nil) == !complaints.contains("warning"))
    }

    @Test(
        "A broker and DMI exclude each other, wherever either is asked for",
        arguments: [
            (
                "mqtt:\n  server: tcp://b:1883\ngrpc_server:\n  socket_path: /run/m.sock\n", [:], nil, nil,
                "config.yaml:2:3: error: configuration: 'mqtt.server' chooses MQTT, but 'grpc_server.socket_path' "
                    + "(config.yaml:4:3) DMI: drop 'mqtt.server' for KubeEdge 1.15 and later, or 'grpc_server.socket_path' "
                    + "for an earlier one or a broker alone"
            ),
            (
                "grpc_server: {socket_path: /run/m.sock}\ncommon: {edgecore_sock: /run/dmi.sock}\n", [:],
                "tcp://b:1883",
                nil,
                "error: option --mqtt: configuration: '--mqtt' chooses MQTT, but 'common.edgecore_sock' "
                    + "(config.yaml:2:10) and 'grpc_server.socket_path' (config.yaml:1:15) DMI: drop '--mqtt' for KubeEdge "
                    + "1.15 and later, or 'common.edgecore_sock' and 'grpc_server.socket_path' for an earlier one or a "
                    + "broker alone"
            ),
            (
                "mqtt: {server: 'tcp://b:1883'}", [:], nil, "/run/dmi.sock",
                "config.yaml:1:8: error: configuration: 'mqtt.server' chooses MQTT, but '--dmi' DMI: drop 'mqtt.server' for "
                    + "KubeEdge 1.15 and later, or '--dmi' for an earlier one or a broker alone"
            ),
            (
                nil, ["MAPPER_MQTT_SERVER": "tcp://b:1883", "MAPPER_COMMON_EDGECORE_SOCK": "/run/dmi.sock"], nil, nil,
                "error: environment variable MAPPER_MQTT_SERVER: configuration: 'MAPPER_MQTT_SERVER' chooses MQTT, but "
                    + "'MAPPER_COMMON_EDGECORE_SOCK' DMI: drop 'MAPPER_MQTT_SERVER' for KubeEdge 1.15 and later, or "
                    + "'MAPPER_COMMON_EDGECORE_SOCK' for an earlier one or a broker alone"
            ),
            (
                "mqtt: {server: 'tcp://a:1883'}", ["MAPPER_MQTT_SERVER": "tcp://b:1883"], "tcp://c:1883",
                "/run/dmi.sock",
                "error: option --mqtt: configuration: '--mqtt' chooses MQTT, but '--dmi' DMI: drop '--mqtt' for KubeEdge "
                    + "1.15 and later, or '--dmi' for an earlier one or a broker alone"
            ),
        ] as [(String?, [String: String], String?, String?, String)]
    )
    func both(
        yaml: String?,
        environment: [String: String],
        mqtt: String?,
        dmi: String?,
        complaint: String
    ) throws {
        let (settings, complaints) = try readSettings(
            yaml,
            environment: environment,
            SettingsOverrides(mqtt: mqtt, dmi: dmi)
        )
        #expect(settings == nil)
        #expect(complaints == complaint)
    }

    @Test("A profile on the command line contradicts DMI, which brings the devices")
    func profile() throws {
        let (settings, complaints) = try readSettings(
            "common: {edgecore_sock: /run/dmi.sock}",
            SettingsOverrides(profiles: ["p.yaml"])
        )
        #expect(settings == nil)
        #expect(
            complaints == """
                error: option --profile: configuration: devices come from EdgeCore, as 'common.edgecore_sock' \
                (config.yaml:1:10) chooses DMI: drop '--profile'
                """
        )
    }

    @Test("A build without DMI knows the keys, and says what it lacks")
    func withoutDMI() throws {
        let (settings, complaints) = try readSettings(nil, SettingsOverrides(dmi: "/run/dmi.sock"), hasDMI: false)
        #expect(settings == nil)
        #expect(
            complaints == """
                error: option --dmi: configuration: '--dmi' chooses DMI, but this build has no DMI: build with the package \
                trait DMI
                """
        )
        #expect(try readSettings("mqtt: {server: 'tcp://b'}", hasDMI: false).1 == "")
    }
}
