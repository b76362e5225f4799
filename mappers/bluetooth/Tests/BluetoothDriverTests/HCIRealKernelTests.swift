// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import CLibBluetooth
import Glibc
import MapperKit
import Synchronization
import Testing

@testable import BluetoothDriver

/// Runs where a kernel with Bluetooth, an adapter and some simulated devices are, and says so in the environment.
@Suite(
    "With a real kernel",
    .serialized,
    .timeLimit(.minutes(3)),
    .enabled(if: getenv("MAPPERKIT_BLUETOOTH_RIG") != nil && geteuid() == 0, "needs Bluetooth and root")
)
struct HCIRealKernelTests {
    private let clock = SystemClock()
    private let lamp = MGMTAddress(
        address: BluetoothAddress("F0:F1:F2:F3:F4:00") ?? MGMTBytes.peer.address,
        form: .lowEnergyRandom
    )

    private func adapter() async throws -> Adapter {
        let adapter = try await Adapter.find(
            "hci0",
            on: try ManagementSocket.open(clock: clock),
            clock: clock
        )
        try await adapter.powerOn()
        return adapter
    }

    /// Runs another program that uses Bluetooth; away from the tasks, which have work to do meanwhile.
    private func probe(_ arguments: String) async -> CInt {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: system("$PROBE \(arguments) 2>&1 | sed 's/^/    probe: /'"))
            }
        }
    }

    @Test("adapters are listed, powered, switched off and on")
    func power() async throws {
        let adapter = try await adapter()
        let info = try await adapter.info()
        #expect(info.current.isSuperset(of: [.powered, .lowEnergy]))
        #expect(try await adapter.cycle().current.isSuperset(of: [.powered, .lowEnergy]))
        #expect(try await Adapter.list(on: adapter.management).map(\.index).contains(0))
        try await adapter.set([
            .minimumInterval(24), .maximumInterval(40), .latency(0), .supervisionTimeout(400),
        ])
        let parameters = MGMTConnectionParameters(
            peer: lamp,
            minimumInterval: 24,
            maximumInterval: 40,
            latency: 0,
            supervisionTimeout: 400
        )
        try await adapter.load([parameters])
        let error = await #expect(throws: ManagementError.self) {
            try await adapter.management.send(.setPowered(true), to: 77)
        }
        #expect(error?.status == .invalidIndex)
    }

    @Test("discovery goes on when the kernel ends it")
    func discovery() async throws {
        let adapter = try await adapter()
        var reports = 0
        let found = try await adapter.discover(for: .seconds(25)) { peer in
            if peer.peer == lamp { reports += 1 }
            return reports == 2
        }
        #expect(found.contains { $0.name == "rig0" && $0.peer == lamp && $0.strength == -48 })
        #expect(reports == 2)
        // Nothing is left running.
        let error = await #expect(throws: ManagementError.self) {
            try await adapter.management.send(.stopDiscovery, to: adapter.index)
        }
        #expect(error?.status == .rejected)
    }

    @Test("a scan hears beacons, falls silent when somebody connects, and comes back")
    func scan() async throws {
        let adapter = try await adapter()
        let count = Mutex(0)
        let (notices, feed) = AsyncStream.makeStream(of: HCIScanNotice.self)
        let scanner = try HCIScanner.open(
            adapter: adapter.index,
            settings: HCIScanSettings(),
            clock: clock,
            report: { _ in count.withLock { $0 += 1 } },
            notice: { feed.yield($0) }
        )
        func reports(within time: Duration) async throws -> Int {
            let before = count.withLock(\.self)
            try await Task.sleep(for: time)
            return count.withLock(\.self) - before
        }
        scanner.start()
        for await notice in notices {
            #expect(notice == .scanning(.legacy))
            break
        }
        #expect(try await reports(within: .seconds(2)) > 10)
        scanner.hold()
        #expect(await probe("conn \(lamp.address) random") == 0)
        #expect(try await reports(within: .seconds(1)) == 0)
        scanner.rearm()
        #expect(try await reports(within: .seconds(3)) > 10)
        await scanner.stop()
        #expect(try await reports(within: .seconds(1)) == 0)
        // Whoever connects is not disturbed by what was left behind.
        #expect(await probe("conn \(lamp.address) random") == 0)
    }

    @Test("pairing is answered, its key kept and given back, and refused to strangers")
    func pairing() async throws {
        let adapter = try await adapter()
        try await adapter.unpair(lamp)
        let decisions = try await pair(PairingAgent(rules: [lamp.address: .justWorks]), adapter)
        #expect(decisions.contains(.accept(.confirm(lamp))))
        var keys = KeyRing()
        for decision in decisions { _ = keys.apply(decision) }
        #expect(!keys.longTermKeys.isEmpty)
        // Without a disconnection the kernel would not ask for the key.
        try await adapter.unpair(lamp)
        try await adapter.cycle()
        try await adapter.load(keys)
        let known = try await pair(PairingAgent(rules: [:]), adapter)
        #expect(!known.contains { $0.command != nil })
        try await adapter.load(KeyRing())
        try await adapter.unpair(lamp)
        let strangers = try await pair(PairingAgent(rules: [:]), adapter)
        #expect(strangers.contains { if case .refuse(.refuseConfirmation(lamp), _) = $0 { true } else { false } })
    }

    private final class Collected: Sendable {
        private let decisions = Mutex<[PairingDecision]>([])
        var all: [PairingDecision] { decisions.withLock(\.self) }
        func add(_ decision: PairingDecision) { decisions.withLock { $0.append(decision) } }
    }

    /// Lets another program raise the security of a connection.
    private func pair(_ agent: PairingAgent, _ adapter: Adapter) async throws -> [PairingDecision] {
        let (began, feed) = AsyncStream.makeStream(of: Void.self)
        let decisions = Collected()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await adapter.answerPairing(agent, began: { feed.yield() }) { decision, error in
                    #expect(error == nil)
                    decisions.add(decision)
                }
            }
            for await _ in began { break }
            _ = await probe("raise \(lamp.address) random 0x000f")
            // The kernel keeps the link for two seconds.
            try await Task.sleep(for: .seconds(3))
            group.cancelAll()
            return decisions.all
        }
    }

    @Test("a connection's signal is read")
    func signal() async throws {
        let adapter = try await adapter()
        // The link of an earlier connection is kept for two seconds.
        try await Task.sleep(for: .seconds(3))
        let events = adapter.management.events { if case .deviceConnected = $0.event { true } else { false } }
        async let other = probe("hold \(lamp.address) random 4000")
        for await event in events {
            #expect(event.event == .deviceConnected(lamp))
            break
        }
        let signal = try await firstSignal(adapter)
        #expect(signal.peer == lamp)
        #expect(signal.strength == -48)
        _ = await other
    }

    /// The kernel says that a device is connected a little before it takes it for connected itself.
    private func firstSignal(_ adapter: Adapter) async throws -> ConnectionSignal {
        for _ in 0..<20 {
            do {
                return try await adapter.signal(of: lamp)
            } catch {
                guard error.status == .notConnected else { throw error }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        return try await adapter.signal(of: lamp)
    }

    @Test("nothing is found wrong with the machine")
    func findings() async throws {
        _ = try await adapter()
        let found = await SystemFindings.ofThisMachine()
        // Some kernels have faults.
        #expect(found.filter { $0.severity != .fine && !$0.sentence.hasPrefix("Linux ") } == [])
        #expect(found.count == 6)
    }
}
