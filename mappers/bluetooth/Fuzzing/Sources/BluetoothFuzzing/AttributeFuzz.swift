// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
import MapperKit

@testable import BluetoothDriver

/// Has a client do everything it can at a server that means no good.
struct AttributeFuzz {
    private static let limit = Duration.milliseconds(40)
    /// What a busy machine may add.
    private static let slack = Duration.seconds(8)

    private var random: FuzzRandom
    private let isCreeping: Bool
    private var tally = FuzzTally()

    init(random: FuzzRandom, isCreeping: Bool) {
        self.random = random
        self.isCreeping = isCreeping
    }

    mutating func run() async throws -> FuzzTally {
        let pair = try SocketPair()
        let creeps = isCreeping ? 20_000 : random.happens(5) ? random.number(1...300) : 0
        let server = HostileServer(random: random, on: pair.server, creeps: creeps)
        let channel = ATTChannel(pair.client, ownMTU: random.one(of: [23, 64, 247, 517]))
        defer {
            channel.close()
            server.close()
        }
        let began = ContinuousClock.now
        if random.happens(50) {
            try await session(channel, server)
        } else {
            try await client(GATTClient(channel: channel, limit: Self.limit), server)
        }
        // Each request may take its limit, and no more are made than the server has seen.
        let allowed = Self.limit * (server.record.received + 20) + Self.slack
        let needed = began.duration(to: .now)
        guard needed < allowed else { throw FuzzFinding("it took \(needed), allowed are \(allowed)") }
        return tally
    }

    // MARK: Procedures

    private mutating func client(_ client: GATTClient, _ server: HostileServer) async throws {
        try? await client.channel.agreeOnSize(limit: Self.limit)
        let places = [FuzzPeripheral.level, FuzzPeripheral.long].map { uuid in
            GATTPlace(characteristic: uuid, service: random.happens(60) ? FuzzPeripheral.battery : nil)
        }
        let table = await attempt { try await client.table(for: places) } ?? GATTTable()
        for characteristic in table.characteristics.prefix(3) {
            _ = await attempt { try await client.descriptors(of: characteristic) }
        }
        for _ in 0..<random.number(1...8) {
            let handle = random.happens(80) ? random.one(of: [3, 7, 13, 18]) : UInt16(random.number(0...30))
            switch random.number(0...6) {
            case 0:
                let value = random.bytes(0...520)
                _ = await attempt { try await client.write(value, to: handle) }
            case 1: _ = try? await client.writeWithoutResponse(random.bytes(0...600), to: handle)
            case 2:
                guard let characteristic = table.characteristics.first(where: { $0.subscriptionBits != nil }) else {
                    break
                }
                _ = await attempt { try await client.subscribe(to: characteristic) }
            case 3:
                let reading = Task { try await client.read(handle) }
                reading.cancel()
                try check(try? await reading.value, server)
            case 4:
                async let one = try? client.read(handle)
                async let other = try? client.read(handle)
                for value in await [one, other] { try check(value, server) }
            default: try check(await attempt { try await client.read(handle) }, server)
            }
        }
    }

    private func check(_ value: [UInt8]?, _ server: HostileServer) throws {
        guard let value, !server.record.holds(read: value) else { return }
        throw FuzzFinding("\(value) was read, which is in none of \(server.record.sent)")
    }

    private mutating func attempt<Value>(_ body: () async throws -> Value) async -> Value? {
        let value = try? await body()
        if value == nil { tally.refused += 1 } else { tally.taken += 1 }
        return value
    }

    // MARK: A whole session

    private mutating func session(_ channel: ATTChannel, _ server: HostileServer) async throws {
        let device = FuzzDevice.device(limit: Self.limit)
        let link = RadioLink(
            peer: FuzzDevice.peer,
            descriptor: -1,
            isPrivate: true,
            signal: { nil },
            pairing: PairingWatch(),
            end: {}
        )
        guard let session = await attempt({ try await ConnectedSession(channel, over: link, for: device) })
        else { return }
        session.push { _ in }
        for _ in 0..<random.number(1...3) {
            let results = await session.read(device.visitors)
            guard results.count == device.visitors.count else { throw FuzzFinding("results are missing") }
            for (visitor, result) in zip(device.visitors, results) {
                guard let sample = tally.count({ try result.get() }), visitor.config.dataType == .hex else { continue }
                try check(text: sample.value.text, server)
            }
            let visitor = random.one(of: device.visitors)
            let value = PropertyValue.int(Int64(random.number(-10...300)))
            _ = await attempt { try await session.write(value, to: visitor) }
        }
        await session.close()
    }

    private func check(text: String, _ server: HostileServer) throws {
        let octets = HexText.octets(text) ?? []
        let record = server.record
        guard !record.holds(read: octets), !record.holds(notified: octets) else { return }
        throw FuzzFinding("\(octets) was reported, which is in none of \(record.sent)")
    }
}
#endif
