// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import MapperKit
import MapperMQTT
import MapperProfile
import MapperTesting
import UnixSignals

/// Plays the edge.
struct EdgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edge",
        abstract: "Play EdgeCore's part on any MQTT broker, for development and tests.",
        discussion: """
            Answers mappers as EdgeCore's EventBus and DeviceTwin do, with the same checks, error texts and order of \
            messages, for the devices of a profile. Nothing is stored: each start begins with the desired values of \
            the profile and nothing reported.

            SIGHUP reads the profile again: devices come, change and go as they do when somebody edits the cluster. \
            'mapperctl twin set' takes the cluster's part; it speaks to this command on a topic of its own \
            ($ke/mapperctl/cloud/DEVICE/desired) that a real EdgeCore does not know.

            \(ExitStatus.help)
            """
    )

    @OptionGroup var broker: BrokerOptions

    @Option(help: "A profile's file or directory: deviceProfile.json or Device and DeviceModel objects. Repeatable.")
    var profile: [String] = []

    @Option(help: "The node's name.")
    var node = "edge-node"

    @Option(
        name: [.customLong("version"), .customLong("edgecore")],
        help: "The EdgeCore to imitate.",
        transform: { text in
            guard let version = EdgeCoreVersion(text) else {
                throw ValidationError("'\(text)' is no version; write it like v1.14.0")
            }
            return version
        }
    )
    var version = EdgeCoreVersion.v1_14_0

    @Flag(help: "Say only what matters: readiness, trouble, crashes.")
    var quiet = false

    @Flag(help: "End with exit code 70 at the first message that would stop twin processing on a real node.")
    var strict = false

    func run() async throws {
        let devices = try loadDevices()
        let edge = try makeEdge()
        edge.give(.devices(devices))
        let crash = try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask { try await edge.run() }
            group.addTask {
                await handleSignals(edge)
                // The edge's own end is what counts.
                try await Task.sleep(for: .seconds(5))
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        if crash != nil { throw ExitCode(ExitStatus.crash.rawValue) }
    }

    private func makeEdge() throws -> DeveloperEdge {
        var logger = Logger(label: "mapperctl")
        logger.logLevel = .critical
        let quiet = quiet
        do {
            return try DeveloperEdge(
                broker.configuration(),
                twin: DeviceTwin(node: node, version: version),
                isStrict: strict,
                logger: logger
            ) { line in
                if !quiet || line.isImportant { StandardOutput.say(line.description) }
            }
        } catch {
            throw ExitStatus.configuration.exit(error.message)
        }
    }

    private func loadDevices() throws -> [DeviceInstance] {
        guard !profile.isEmpty else { return [] }
        do {
            let loaded = try ProfileLoader().load(profile)
            loaded.warnings.forEach { StandardOutput.complain($0.description) }
            return loaded.profile.devices
        } catch {
            throw ExitStatus.configuration.exit("the profile cannot be used\n\(error)")
        }
    }

    /// Returns when it is time to end.
    private func handleSignals(_ edge: DeveloperEdge) async {
        for await signal in await UnixSignalsSequence(trapping: .sighup, .sigint, .sigterm) {
            guard signal == .sighup else { return edge.give(.stop) }
            // A profile that cannot be used has been complained about; the devices stay as they are.
            if let devices = try? loadDevices() { edge.give(.devices(devices)) }
        }
    }
}
