// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import MapperMQTT

/// Runs the mapper: what it is for.
struct RunCommand<Program: MapperProgram>: Subcommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "run",
            abstract: "Run the mapper (what happens without a subcommand).",
            discussion: """
                Reads the configuration file (--config, or ./config.yaml if it is there) and the device profile, \
                prints everything that is wrong with them, and starts only if nothing is. The profile is read again \
                whenever it changes. Without --profile it is the file that the key 'configmap' names, which may come \
                later. With --dmi, or the key 'common.edgecore_sock' or 'grpc_server.socket_path', EdgeCore 1.15 or \
                later sends the devices, and takes their values, through sockets. SIGTERM and SIGINT stop the mapper \
                within 2 seconds, a second one at once.

                Every key of the configuration file can come from the environment: MAPPER_ and the key in capitals \
                with underscores for points, MAPPER_MQTT_SERVER for mqtt.server. Options win over the environment, \
                the environment wins over the file; MAPPER_CONFIG names the file.

                EXAMPLES:
                  \(Program.name) run --config /etc/mapper/config.yaml
                  \(Program.name) --profile devices/ --mqtt ssl://broker.example:8883
                  \(Program.name) --dmi /etc/kubeedge/dmi.sock

                EXIT CODES: 0 stopped by a signal, 70 internal error, 78 errors in configuration or profile.
                """
        )
    }

    @Option(
        name: [.customLong("config"), .customLong("config-file")],
        help: ArgumentHelp("The configuration file (default: ./config.yaml if it is there).", valueName: "file")
    )
    var config: String?

    @Option(
        name: .customLong("profile"),
        help: ArgumentHelp(
            "A profile, file or directory, instead of the key 'configmap'. Can be given several times.",
            valueName: "path"
        )
    )
    var profiles: [String] = []

    @Option(help: ArgumentHelp("The MQTT broker (default: tcp://127.0.0.1:1883).", valueName: "url"))
    var mqtt: String?

    @Option(
        help: ArgumentHelp(
            "EdgeCore's socket, in place of MQTT broker and profile: KubeEdge 1.15 and later, as root.",
            valueName: "socket"
        )
    )
    var dmi: String?

    @Option(help: "What the log shows.")
    var logLevel: LogLevelArgument?

    @Option(help: "How the log is written.")
    var logFormat: LogFormat?

    @Option(
        name: .customLong("v"),
        help: ArgumentHelp(
            "What the log shows, as mapper-framework has it: up to 3 is info, from 4 on debug. --log-level wins.",
            valueName: "number"
        )
    )
    var verbosity: KlogVerbosity?

    func validate() throws {
        if let mqtt {
            do {
                _ = try BrokerAddress(mqtt)
            } catch {
                throw ValidationError("'--mqtt': \(error.message)")
            }
        }
        if let dmi, let problem = SocketPath.problem(of: SocketPath.absolute(dmi)) {
            throw ValidationError("'--dmi' \(problem)")
        }
    }

    /// The settings given on the command line.
    var overrides: SettingsOverrides {
        SettingsOverrides(
            configFile: config,
            profiles: profiles,
            mqtt: mqtt,
            dmi: dmi,
            logLevel: logLevel?.level ?? verbosity?.level,
            logFormat: logFormat
        )
    }

    func execute(in context: CommandContext) async -> CommandStatus {
        await MapperRun<Program>(overrides: overrides, context: context).run()
    }
}
