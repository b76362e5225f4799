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
        abstract: "Play EdgeCore's part on any MQTT broker or on a DMI socket, for development and tests.",
        discussion: """
            Answers mappers as EdgeCore's EventBus and DeviceTwin do, with the same checks, error texts and order of \
            messages, for the devices of a profile. Nothing is stored: each start begins with the desired values of \
            the profile and nothing reported.

            With --dmi SOCKET mappers are served as EdgeCore does from v1.15 on: they register on that socket, get \
            their devices, report values, and are called back when a device comes, changes or goes. The limit is the \
            real one: 100 requests at once, then one each second, for all mappers together. Without --mqtt no broker \
            is used, and what DeviceTwin stores is said here; 'mapperctl twin' needs --mqtt here as well, works by \
            that broker, and 'twin set' edits the Device object, which becomes a call of UpdateDevice. Without a \
            broker desired values are set in the profile's files, whose changes are noticed. Devices are called \
            NAMESPACE/NAME, default/NAME when the object has no namespace. A Device whose nodeName is not --node is \
            not delivered.

            A changed DeviceModel alone is not sent to mappers, as EdgeCore does not: it goes out with the next \
            change of a Device that uses it (before 1.21 also with the next report). Touch such a Device, or restart \
            this command, to have it at once. A request that EdgeCore would not survive is said as a crash; then everything goes on as \
            after a restart.

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
        help: "The EdgeCore to imitate. (default: v1.14.0, v1.23.1 with --dmi)",
        transform: { text in
            guard let version = EdgeCoreVersion(text) else {
                throw ValidationError("'\(text)' is no version; write it like v1.14.0")
            }
            return version
        }
    )
    var chosenVersion: EdgeCoreVersion?

    @Option(help: "Serve mappers by DMI on this Unix socket.")
    var dmi: String?

    @Flag(help: "Say only what matters: readiness, trouble, crashes.")
    var quiet = false

    @Flag(help: "End with exit code 70 at the first message that a real node would not survive unharmed.")
    var strict = false

    /// The socket's path from the root on.
    private var socket: String? { dmi.map(SocketArgument.absolute) }

    private var version: EdgeCoreVersion {
        chosenVersion ?? (dmi == nil ? .v1_14_0 : DMIServerOptions.defaultVersion)
    }

    func validate() throws {
        guard let socket else { return }
        guard version >= EdgeCoreDMIVersion.first else {
            throw ValidationError(
                "EdgeCore \(version) does not serve this DMI; it came with \(EdgeCoreDMIVersion.first)"
            )
        }
        guard (1...MapperCaller.pathLimit).contains(socket.utf8.count) else {
            throw ValidationError("a socket's path has 1 to \(MapperCaller.pathLimit) bytes: '\(socket)'")
        }
    }

    func run() async throws {
        let profile = try loadProfile()
        let profilePaths = self.profile
        let edge = try makeEdge()
        edge.give(.profile(profile))
        let crash = try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask {
                do {
                    return try await edge.run()
                } catch let error as DMIServerError {
                    throw ExitStatus.configuration.exit(error.description)
                }
            }
            // Without --profile there are no files to look at.
            if dmi != nil, !profilePaths.isEmpty {
                group.addTask {
                    try await watchProfile(edge, from: profile)
                    return nil
                }
            }
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
                dmi == nil || broker.givenAddress != nil ? broker.configuration() : nil,
                twin: DeviceTwin(node: node, version: version),
                dmi: socket.map { DMIServerOptions(socketPath: $0, version: version) },
                isStrict: strict,
                logger: logger
            ) { line in
                if !quiet || line.isImportant { StandardOutput.say(line.description) }
            }
        } catch {
            throw ExitStatus.configuration.exit(error.message)
        }
    }

    private func loadProfile() throws -> DeviceProfile {
        guard !profile.isEmpty else { return DeviceProfile() }
        do {
            let loaded = try ownDevices()
            loaded.warnings.forEach { StandardOutput.complain($0.description) }
            return loaded.profile
        } catch {
            throw ExitStatus.configuration.exit("the profile cannot be used\n\(error)")
        }
    }

    /// The devices that a real EdgeCore gets, and what is doubtful about them and the others.
    private func ownDevices() throws(ConfigurationError) -> LoadedProfile {
        let loaded = try ProfileLoader().load(profile)
        return dmi == nil ? loaded : NodeDevices(node: node).own(of: loaded)
    }

    /// Looks at the files again and again until the task is cancelled.
    private func watchProfile(_ edge: DeveloperEdge, from start: DeviceProfile) async throws {
        var files = ProfileFiles(current: start)
        while true {
            try await Task.sleep(for: .milliseconds(500))
            let finding = files.look(FileFingerprint(profile)) { () throws(ConfigurationError) in
                try ownDevices()
            }
            switch finding {
            case .nothingNew: break
            case .changed(let profile, let warnings):
                warnings.forEach { StandardOutput.complain($0.description) }
                edge.give(.profile(profile))
            case .refused(let diagnostics):
                diagnostics.forEach { StandardOutput.complain($0.description) }
                StandardOutput.complain("the changed profile cannot be used; the devices stay as they are")
            case .missing(let paths), .awaited(let paths):
                let names = paths.joined(separator: ", ")
                StandardOutput.complain("the profile is gone, the devices stay as they are: \(names)")
            }
        }
    }

    /// Returns when it is time to end.
    private func handleSignals(_ edge: DeveloperEdge) async {
        for await signal in await UnixSignalsSequence(trapping: .sighup, .sigint, .sigterm) {
            guard signal == .sighup else { return edge.give(.stop) }
            // A profile that cannot be used has been complained about; the devices stay as they are.
            if let profile = try? loadProfile() { edge.give(.profile(profile)) }
        }
    }
}
