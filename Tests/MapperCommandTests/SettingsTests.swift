// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import MapperKit
import MapperMQTT
import Testing

@testable import MapperCommand

@Suite("Settings")
struct SettingsTests {
    @Test("Without any source there are defaults")
    func defaults() throws {
        let (settings, complaints) = try readSettings(nil)
        let found = try #require(settings)
        #expect(complaints == "")
        #expect(found.edge.mqtt?.server == .local)
        #expect(found.edge.mqtt?.username == nil)
        #expect(found.edge.profile == .configMap("/opt/kubeedge/deviceProfile.json"))
        #expect(found.logLevel == .info)
        #expect(found.logFormat == .text)
        #expect(found.refresh == .seconds(600))
        #expect(found.grace == .milliseconds(1500))
    }

    @Test(
        "What a mapper says about a key of another mapper stands for the common word; an error keeps it from starting"
    )
    func explained() throws {
        let stage = try Stage()
        let file = try stage.file("config.yaml", "scheduler: {a: 1}\nwatcher: {}\n")
        for severity in [Diagnostic.Severity.warning, .error] {
            let reader = SettingsReader(program: .test, defaultFile: "", environment: ["MAPPER_MQTT_SERVER": "b"]) {
                tree in
                // Nothing that environment and options add is among it.
                tree.entries?.prefix(1).map { Diagnostic(severity, at: $0.keyLocation, "\($0.key), see x") } ?? []
            }
            let outcome = reader.read(SettingsOverrides(configFile: file))
            #expect((outcome.settings == nil) == (severity == .error))
            #expect(
                outcome.diagnostics.sortedByPlace.map { $0.description.replacingOccurrences(of: file, with: "f") } == [
                    "f:1:1: \(severity.rawValue): configuration: scheduler, see x",
                    "f:2:1: warning: configuration: 'watcher' has no effect: what to do with which device comes from "
                        + "the device profile",
                ]
            )
        }
    }

    @Test(
        "Options win over the environment, the environment over the file, the file over defaults",
        arguments: [
            (nil, nil, nil, "127.0.0.1"), ("file", nil, nil, "file"), (nil, "env", nil, "env"),
            (nil, nil, "flag", "flag"),
            ("file", "env", nil, "env"), ("file", nil, "flag", "flag"), (nil, "env", "flag", "flag"),
            ("file", "env", "flag", "flag"), ("file", "", nil, "file"),
        ] as [(String?, String?, String?, String)]
    )
    func precedence(file: String?, environment: String?, flag: String?, host: String) throws {
        let (settings, complaints) = try readSettings(
            file.map { "mqtt: {server: 'tcp://\($0):1883', username: u}" },
            environment: environment.map { ["MAPPER_MQTT_SERVER": $0.isEmpty ? "" : "tcp://\($0):1883"] } ?? [:],
            SettingsOverrides(mqtt: flag.map { "tcp://\($0):1883" })
        )
        #expect(complaints == "")
        #expect(settings?.edge.mqtt?.server.host == host)
        // What stands beside an overridden key stays.
        #expect(settings?.edge.mqtt?.username == (file == nil ? nil : "u"))
    }

    @Test("Every key can come from the environment")
    func everyKey() throws {
        let stage = try Stage()
        let pem = try stage.file("some.pem", "x")
        let secret = try stage.file("secret", "pass word\n")
        let (settings, complaints) = try readSettings(
            nil,
            environment: [
                "MAPPER_MQTT_SERVER": "ssl://b.example", "MAPPER_MQTT_USERNAME": "me",
                "MAPPER_MQTT_PASSWORDFILE": secret, "MAPPER_MQTT_CACERT": pem, "MAPPER_MQTT_CERTIFICATION": pem,
                "MAPPER_MQTT_PRIVATEKEY": pem, "MAPPER_MQTT_CLIENTID": "client-7",
                "MAPPER_MQTT_VERIFYSERVERNAME": "false", "MAPPER_CONFIGMAP": "/x/p.json", "MAPPER_LOG_LEVEL": "debug",
                "MAPPER_LOG_FORMAT": "json", "MAPPER_REPORT_REFRESH": "2m", "MAPPER_SHUTDOWN_GRACE": "500ms",
                "MAPPER_COMMON_NAME": "n", "MAPPER_SERVICE_HOST": "10.0.0.1",
            ]
        )
        #expect(complaints == "")
        let found = try #require(settings)
        #expect(found.edge.mqtt?.server.description == "ssl://b.example:8883")
        #expect(found.edge.mqtt?.username == "me")
        #expect(found.edge.mqtt?.password == "pass word")
        #expect(found.edge.mqtt?.caFile == pem)
        #expect(found.edge.mqtt?.certificateFile == pem)
        #expect(found.edge.mqtt?.privateKeyFile == pem)
        #expect(found.edge.mqtt?.clientID == "client-7")
        #expect(found.edge.mqtt?.verifiesServerName == false)
        #expect(found.edge.profile == .configMap("/x/p.json"))
        #expect(found.logLevel == .debug)
        #expect(found.logFormat == .json)
        #expect(found.refresh == .seconds(120))
        #expect(found.grace == .milliseconds(500))
    }

    @Test("A profile on the command line replaces the ConfigMap")
    func profiles() throws {
        let (settings, _) = try readSettings("configmap: /x.json", SettingsOverrides(profiles: ["a", "b"]))
        #expect(settings?.edge.profile == .paths(["a", "b"]))
    }

    @Test("The file may be named by the environment and by an option, which wins")
    func fileNames() throws {
        let stage = try Stage()
        let one = try stage.file("one.yaml", "configmap: /one")
        let two = try stage.file("two.yaml", "configmap: /two")
        let environment = [SettingKey.fileVariable: one]
        #expect(try readSettings("configmap: /default", environment: environment).0?.edge.profile == .configMap("/one"))
        let overrides = SettingsOverrides(configFile: two)
        #expect(try readSettings(nil, environment: environment, overrides).0?.edge.profile == .configMap("/two"))
    }

    @Test(
        "What is wrong is said with its place",
        arguments: [
            ("mqtt: [", "config.yaml:2:1: error: not valid YAML: "),
            ("- 1", "config.yaml:1:1: error: a configuration file is a group of keys, not a list"),
            (
                "configmap: /a\n---\nconfigmap: /b",
                "config.yaml:3:1: error: a configuration file has one document, this is a second one"
            ),
            (
                "mqtt:\n  server: ftp://x:1\n",
                "config.yaml:2:11: error: configuration: 'ftp://x:1' is no address of an MQTT broker: "
                    + "'ftp' is no scheme for it"
            ),
            (
                "mqtt:\n  sever: tcp://x:1\n",
                "config.yaml:2:3: warning: configuration: unknown key 'sever', did you mean 'server'? ("
            ),
            (
                "log:\n  level: loud\n",
                "config.yaml:2:10: error: configuration: 'level' is 'loud' (trace, debug, info, notice, warning, error, "
                    + "critical are allowed)"
            ),
            (
                "log: {format: jsn}",
                "config.yaml:1:15: error: configuration: 'format' is 'jsn', did you mean 'json'? (text, json are allowed)"
            ),
            (
                "report: {refresh: soon}",
                "config.yaml:1:19: error: configuration: 'soon' is no span of time (500ms, 90s, 10m, 1h or a number of "
                    + "seconds are allowed)"
            ),
            ("report: {refresh: 10ms}", "config.yaml:1:10: error: configuration: 'refresh' must be at least 1s"),
            (
                "log: text",
                "config.yaml:1:6: error: configuration: 'log' must be a group of keys, or JSON text of one, not 'text'"
            ),
            ("configmap: [a]", "config.yaml:1:12: error: configuration: 'configmap' must be text, not a list"),
            (
                "mqtt:\n  password: x\n",
                "config.yaml:1:1: error: configuration: a password is set, but no 'username'"
            ),
            (
                "mqtt: {username: a, password: x, passwordFile: /y}",
                "config.yaml:1:34: error: configuration: only one of 'password' and 'passwordFile' is allowed"
            ),
            (
                "mqtt: {username: a, passwordFile: /nowhere}",
                "config.yaml:1:21: error: configuration: 'passwordFile' /nowhere cannot be read: missing, not permitted, "
                    + "or not UTF-8"
            ),
            (
                "mqtt: {server: 'ssl://b', caCert: /nowhere.pem}",
                "config.yaml:1:27: error: configuration: 'caCert' /nowhere.pem cannot be read: missing or not permitted"
            ),
            (
                "mqtt: {server: 'tcp://b', caCert: /etc/passwd}",
                "config.yaml:1:27: error: configuration: 'caCert' is set, but tcp://b:1883 is not encrypted (use "
                    + "ssl://b:8883, or drop 'caCert')"
            ),
            (
                "mqtt: {server: 'ssl://b', privatekey: /etc/passwd}",
                "config.yaml:1:27: error: configuration: 'privatekey' is set alone: 'certification' and 'privatekey' "
                    + "belong together"
            ),
            (
                "common:\n  http_port: 7777\n",
                "config.yaml:2:3: warning: configuration: 'http_port' has no effect: this mapper serves no REST interface"
            ),
            (
                "dmi: {messagesPerSecond: 5}",
                "config.yaml:1:1: warning: configuration: 'dmi' has no effect: MQTT is used, as neither '--dmi' nor "
                    + "'common.edgecore_sock' is set"
            ),
            (
                "mqtt:\n  mode: 0\n",
                "config.yaml:2:3: warning: configuration: 'mode' has no effect: the broker is always 'mqtt.server'"
            ),
            (
                "mqtt: {server: 'ssl://b', servername: c}",
                "config.yaml:1:27: warning: configuration: 'servername' has no effect: the broker's certificate must name "
                    + "the host of 'server', b"
            ),
            (
                "http: {caCert: ''}",
                "config.yaml:1:1: warning: configuration: 'http' has no effect: this mapper serves no REST interface"
            ),
        ]
    )
    func complaints(yaml: String, complaint: String) throws {
        let (settings, complaints) = try readSettings(yaml)
        let lines = complaints.split(separator: "\n")
        #expect(lines.first.map { $0.hasPrefix(complaint) } == true, "got: \(complaints)")
        #expect(lines.count == 1)
        #expect((settings == nil) == complaint.contains("error"))
    }

    @Test("All problems of a file are said at once, in the order of the file")
    func allAtOnce() throws {
        let (settings, complaints) = try readSettings(
            "mqtt:\n  server: ftp://x\n  mode: 1\nlog:\n  level: loud\n  colour: red\nreport:\n  refresh: soon\n"
        )
        #expect(settings == nil)
        let places = complaints.split(separator: "\n").map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
        #expect(
            places == [
                "config.yaml:2:11: error:", "config.yaml:3:3: warning:", "config.yaml:5:10: error:",
                "config.yaml:6:3: warning:", "config.yaml:8:12: error:",
            ]
        )
    }

    @Test("What is wrong in the environment is said with the variable's name")
    func environmentComplaints() throws {
        let (settings, complaints) = try readSettings(
            nil,
            environment: [
                "MAPPER_LOG_LEVEL": "loud", "MAPPER_MQTT_SERVR": "tcp://x", "MAPPER_PORT": "tcp://10.0.0.1:80",
            ]
        )
        #expect(settings == nil)
        #expect(
            complaints == """
                error: environment variable MAPPER_LOG_LEVEL: configuration: 'level' is 'loud' (trace, debug, info, \
                notice, warning, error, critical are allowed)
                warning: environment variable MAPPER_MQTT_SERVR has no effect, did you mean MAPPER_MQTT_SERVER?
                """
        )
    }

    @Test("A file that is asked for must be there")
    func missingFile() throws {
        let (settings, complaints) = try readSettings(nil, SettingsOverrides(configFile: "/nowhere/config.yaml"))
        #expect(settings == nil)
        #expect(complaints.contains("/nowhere/config.yaml"))
        #expect(complaints.contains("error: "))
    }

    @Test(
        "Spans of time",
        arguments: [
            ("90", 90_000), ("90s", 90_000), ("1.5s", 1500), ("500ms", 500), ("10m", 600_000), ("2h", 7_200_000),
            ("0", 0),
            ("", nil), ("-1s", nil), ("1d", nil), ("s", nil), ("inf", nil), ("1e12", nil),
        ] as [(String, Int?)]
    )
    func durations(text: String, milliseconds: Int?) {
        #expect(DurationText.parse(text) == milliseconds.map { .milliseconds($0) })
    }
}
