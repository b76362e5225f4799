// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import BluetoothDriver
import FoundationEssentials
import MapperCommand
import MapperKit
import Synchronization

/// Finds out what a peripheral holds.
struct ExploreCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "explore",
        abstract: "List what a peripheral holds, and write a first profile for it, by reading only.",
        discussion: """
            Connects, lists services, characteristics and descriptors, and reads every value that may be read; nothing \
            is ever written. Connecting may take 10 s; without --type so may finding the address's type before it, which \
            needs CAP_NET_ADMIN.

            What wants an encrypted link is said. --pair and --passkey pair for it, which needs CAP_NET_ADMIN; the keys \
            stay in the kernel only.

            The list is followed by a DeviceModel and a Device, unless --write puts them into a file. \
            `bluetooth-mapper validate` accepts them; names and hexadecimal values are for people to go on from. A \
            passkey that was given is in them.

            EXAMPLES:
              bluetooth-mapper explore BC:6A:29:AE:CC:96
              bluetooth-mapper explore A4:C1:38:1A:49:90 --type public --pair
              bluetooth-mapper explore F0:02:03:04:05:01 --type random --write sensor.yaml

            EXIT CODES: 0 explored, 64 wrong command line or the file exists, 69 the peripheral cannot be reached or was \
            lost, 74 the file could not be written.
            """
    )

    @Argument(help: ArgumentHelp("The peripheral.", valueName: "address"), transform: Self.address)
    var address: BluetoothAddress

    @Option(
        help: ArgumentHelp("Where its address comes from (default: found out).", valueName: "public|random"),
        transform: Self.kind
    )
    var type: BluetoothAddress.Kind?

    @Option(help: ArgumentHelp("The radio (default: the first that can do Low Energy).", valueName: "hci0"))
    var adapter: String?

    @Option(help: ArgumentHelp("Pair with this number.", valueName: "n"))
    var passkey: UInt32?

    @Flag(help: "Pair if the peripheral asks for it.")
    var pair = false

    @Flag(help: "Print JSON instead of a list.")
    var json = false

    @Option(help: ArgumentHelp("Write a DeviceModel and a Device as YAML.", valueName: "file"))
    var write: String?

    @Flag(help: "Let --write replace a file.")
    var force = false

    @Flag(name: .customLong("no-values"), help: "Read no values.")
    var omitsValues = false

    func validate() throws {
        try AdapterOption.check(adapter)
        if let passkey, passkey > 999_999 { throw ValidationError("'--passkey' takes 0…999999") }
        guard let write, !force, FileManager.default.fileExists(atPath: write) else { return }
        throw ValidationError("'\(write)' exists; --force replaces it")
    }

    func execute(in context: CommandContext) async -> CommandStatus {
        let console = context.console
        let explorer = PeripheralExplorer(plan, clock: context.clock) { console.complain($0) }
        let result = Found()
        let stop = GracefulStop(grace: .seconds(3), clock: context.clock)
        let outcome = await stop.run(signals: await context.stopSignals(), onStop: { _ in }) {
            let found = try await explorer.run()
            result.exploration.withLock { $0 = found }
        }
        if case .failed(let error) = outcome { console.complain("error: \(error)") }
        guard let exploration = result.exploration.withLock({ $0 }) else { return .unavailable }
        return finish(exploration, console)
    }

    /// Takes the result out of the work.
    private final class Found: Sendable {
        let exploration = Mutex<Exploration?>(nil)
    }

    /// What the options ask for.
    var plan: ExplorePlan {
        var plan = ExplorePlan(address: address)
        (plan.kind, plan.adapter, plan.passkey) = (type, adapter, passkey)
        (plan.pairs, plan.readsValues) = (pair || passkey != nil, !omitsValues)
        return plan
    }

    private func finish(_ exploration: Exploration, _ console: Console) -> CommandStatus {
        let profile = ExplorationProfile(exploration).description
        if json {
            console.print(exploration.json(profile: profile).description)
        } else {
            exploration.lines.forEach(console.print)
            if write == nil { console.print("\n" + profile) }
        }
        guard let write else { return .success }
        do {
            let options: Data.WritingOptions = force ? .atomic : .withoutOverwriting
            try Data(profile.utf8).write(to: URL(filePath: write), options: options)
            return .success
        } catch {
            console.complain("error: '\(write)' could not be written: \(error)")
            return .inputOutput
        }
    }

    private static func address(_ text: String) throws -> BluetoothAddress {
        guard let address = BluetoothAddress(text) else {
            throw ValidationError("'\(text)' is no address such as BC:6A:29:AE:CC:96")
        }
        return address
    }

    private static func kind(_ text: String) throws -> BluetoothAddress.Kind {
        guard let kind = BluetoothAddress.Kind(rawValue: text) else {
            throw ValidationError("'\(text)' is no type of address (public, random are allowed)")
        }
        return kind
    }
}
