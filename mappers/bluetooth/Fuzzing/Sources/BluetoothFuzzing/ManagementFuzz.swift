// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
import CLibBluetooth
import Glibc
import MapperKit

@testable import BluetoothDriver

/// Sends commands to a kernel that answers wrongly, late, or something else.
struct ManagementFuzz {
    private var random: FuzzRandom
    private var tally = FuzzTally()

    init(random: FuzzRandom) { self.random = random }

    mutating func run() async throws -> FuzzTally {
        for _ in 0..<100 { try read() }
        let pair = try SocketPair()
        let kernel = HostileKernel(random: random, on: pair.server)
        let socket = ManagementSocket(descriptor: pair.client, clock: SystemClock())
        let events = socket.events(keeping: 16)
        defer {
            socket.close()
            kernel.close()
        }
        for _ in 0..<random.number(1...6) {
            let commands = (0..<random.number(1...4)).map { _ in (command(), UInt16(random.number(0...1))) }
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for (command, index) in commands {
                    group.addTask { (try? await socket.send(command, to: index, within: .milliseconds(20))) != nil }
                }
                return await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            tally.taken += outcomes.count { $0 }
            tally.refused += outcomes.count { !$0 }
        }
        socket.close()
        for await event in events where event.event == .other(code: 0x0001) {
            throw FuzzFinding("an answer was taken for an event")
        }
        guard socket.waitingCount == 0 else { throw FuzzFinding("\(socket.waitingCount) commands wait for ever") }
        return tally
    }

    /// Looks at packets without any socket.
    private mutating func read() throws {
        let bytes = KernelPackets.any(&random)
        guard let packet = MGMTPacket(bytes) else { return tally.refused += 1 }
        guard packet.bytes == bytes else { throw FuzzFinding("packet \(bytes) is taken for \(packet.bytes)") }
        switch MGMTMessage(packet) {
        case nil: tally.refused += 1
        case .event: tally.taken += 1
        case .answer(let answer):
            tally.taken += 1
            guard (answer.indexes?.count ?? 0) * 2 <= bytes.count else { throw FuzzFinding("adapters from nowhere") }
            _ = (answer.settings, answer.controller, answer.signal)
        }
    }

    private mutating func command() -> MGMTCommand {
        random.one(of: [
            .readIndexList, .readControllerInfo, .setPowered(true), .setPowered(false), .setLowEnergy(true),
            .startDiscovery, .stopDiscovery, .loadLongTermKeys([]),
        ])
    }
}
#endif
