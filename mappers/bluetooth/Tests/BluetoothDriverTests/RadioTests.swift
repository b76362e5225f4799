// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Synchronization
import Testing

@testable import BluetoothDriver

@Suite("What devices of one adapter share", .timeLimit(.minutes(1)))
struct RadioTests {
    private static func discovered(_ last: UInt8, name: String) throws -> DiscoveredPeer {
        let text = Array(name.utf8)
        return DiscoveredPeer(
            MGMTDeviceReport(
                peer: MGMTAddress(try SimulatorMake.address(last), .random),
                strength: -60,
                isConnectable: true,
                data: [UInt8(text.count + 1), 0x09] + text
            )
        )
    }

    @Test("several are looked for at once, until all are found")
    func search() async throws {
        let looks = Mutex(0)
        let (reports, feed) = AsyncStream.makeStream(of: DiscoveredPeer.self)
        let search = PeerSearch(clock: ManualClock()) { isEnough async throws(DeviceError) in
            looks.withLock { $0 += 1 }
            for await report in reports where isEnough(report) { return }
        }
        async let a = search.find(WantedPeer(name: "a"), within: .seconds(5))
        async let b = search.find(WantedPeer(name: "B"), within: .seconds(5))
        feed.yield(try Self.discovered(3, name: "c"))
        feed.yield(try Self.discovered(1, name: "a"))
        // Heard again and again, as somebody may have joined a moment ago.
        let repeating = Task {
            while !Task.isCancelled {
                feed.yield(try Self.discovered(1, name: "a"))
                feed.yield(try Self.discovered(2, name: "b"))
                await Task.yield()
            }
        }
        #expect(try await [a.address, b.address] == [SimulatorMake.address(1), SimulatorMake.address(2)])
        repeating.cancel()
        #expect(looks.withLock(\.self) <= 2)
    }

    @Test("who is not heard in time is given up, and a radio that cannot be looked through is said at once")
    func failures() async throws {
        let clock = ManualClock()
        let deaf = PeerSearch(clock: clock) { _ async throws(DeviceError) in
            try? await clock.sleep(untilUptime: clock.uptime + .seconds(5))
        }
        let absent = Task { try await deaf.find(WantedPeer(name: "a"), within: .seconds(3)) }
        await clock.waitForSleepers(2)
        await clock.advance(by: .seconds(3))
        let error = await #expect(throws: DeviceError.self) { try await absent.value }
        #expect(error?.message == "'a' was not heard within 3.0 seconds")
        let broken = PeerSearch(clock: clock) { _ async throws(DeviceError) in
            throw DeviceError(.unreachable, "no adapter")
        }
        let reason = await #expect(throws: DeviceError.self) {
            try await broken.find(WantedPeer(name: "a"), within: .seconds(3))
        }
        #expect(reason?.message == "no adapter")
    }

    @Test("a search that nobody waits for any more ends")
    func cancelled() async throws {
        let clock = ManualClock()
        let search = PeerSearch(clock: clock) { _ async throws(DeviceError) in
            try? await clock.sleep(untilUptime: clock.uptime + .seconds(5))
        }
        let task = Task { try await search.find(WantedPeer(name: "a"), within: .seconds(3)) }
        await clock.waitForSleepers(2)
        task.cancel()
        let error = await #expect(throws: DeviceError.self) { try await task.value }
        #expect(error?.code == .cancelled)
    }

    @Test("an adapter is switched off and on after many failures in a long time, and not again soon")
    func health() {
        var health = AdapterHealth()
        func failures(_ count: Int, from start: Int, every step: Int) -> [Int] {
            (0..<count).map { start + $0 * step }.filter { health.failed(at: .seconds($0)) }
        }
        // Many, but not for long; long, but not many.
        #expect(failures(20, from: 0, every: 10).isEmpty)
        health.connected()
        #expect(failures(50, from: 200, every: 60).isEmpty)
        health.disconnected()
        #expect(failures(12, from: 4000, every: 40) == [4000 + 9 * 40])
        #expect(failures(20, from: 4480, every: 40).isEmpty)
        #expect(failures(60, from: 5280, every: 40).count == 1)
    }

    @Test("who is meant is told by address alone, or else by name and service")
    func wanted() throws {
        let address = try SimulatorMake.address()
        var data = AdvertisementData()
        data.localName = "Tag"
        data.serviceUUIDs = [BluetoothUUID(0x180F)]
        func matches(_ wanted: WantedPeer) -> Bool { wanted.matches(address, .random, data) }
        #expect(matches(WantedPeer(address: address)))
        #expect(matches(WantedPeer(address: address, kind: .random, name: "Other")))
        #expect(!matches(WantedPeer(address: address, kind: .public)))
        #expect(!matches(WantedPeer(address: try SimulatorMake.address(2), name: "Tag")))
        #expect(matches(WantedPeer(name: "tag")))
        #expect(matches(WantedPeer(name: "TAG", service: BluetoothUUID(0x180F))))
        #expect(!matches(WantedPeer(name: "Tag", service: BluetoothUUID(0x181A))))
        #expect(!matches(WantedPeer(service: BluetoothUUID(0x181A))))
        #expect(!matches(WantedPeer()))
    }

    @Test("a device found by name is heard in the packets that do not tell it, too")
    func severalPackets() throws {
        let air = AirListeners(clock: ManualClock())
        let heard = Mutex<[Int]>([])
        let place = air.add(WantedPeer(name: "tag", service: BluetoothUUID(0x180F))) { advertisement in
            heard.withLock { $0.append(advertisement.data.manufacturerData.count) }
        }
        func advertise(_ data: [UInt8], _ last: UInt8 = 1) throws {
            let sender = try SimulatorMake.address(last).littleEndianBytes
            air.hear([0x02, 1, 3, 1] + sender + [UInt8(data.count)] + data + [0xC4])
        }
        let value: [UInt8] = [0x04, 0xFF, 0x34, 0x12, 7]
        try advertise(value)
        try advertise([0x04, 0x09, 0x74, 0x61, 0x67])
        #expect(heard.withLock { $0 } == [])
        try advertise([0x03, 0x03, 0x0F, 0x18])
        try advertise(value)
        try advertise(value, 2)
        #expect(heard.withLock { $0 } == [0, 1])
        air.remove(place)
        try advertise(value)
        #expect(heard.withLock { $0.count } == 2)
    }

    @Test("failed pairing is told to those who wait for that peripheral only, until they do not wait")
    func pairing() throws {
        let watch = PairingWatch()
        let told = Mutex<[String]>([])
        let token = watch.watch(try SimulatorMake.address()) { reason in told.withLock { $0.append(reason) } }
        watch.failed(try SimulatorMake.address(2), "other")
        watch.failed(try SimulatorMake.address(), "wrong passkey")
        watch.forget(token)
        watch.failed(try SimulatorMake.address(), "late")
        #expect(told.withLock(\.self) == ["wrong passkey"])
    }

    @Test("listening begins anew when the ear has closed, and ends with the last listener")
    func listening() async throws {
        let clock = ManualClock()
        let ears = Mutex<[ScriptedEar]>([])
        let scan = AirScan(clock: clock) { report, closed async throws(DeviceError) in
            let ear = ScriptedEar(closed: closed)
            ears.withLock { $0.append(ear) }
            return ear
        }
        let first = try await scan.listen(to: WantedPeer(name: "a")) { _ in }
        let second = try await scan.listen(to: WantedPeer(name: "b")) { _ in }
        #expect(ears.withLock(\.count) == 1)
        ears.withLock(\.self)[0].closed()
        while ears.withLock(\.count) < 2 { await Task.yield() }
        #expect(ears.withLock(\.self)[0].isStopped)
        // One that closes while it is opened is replaced as well.
        let third = try await scan.listen(to: WantedPeer(name: "c")) { _ in }
        ears.withLock(\.self)[1].closed()
        ears.withLock(\.self)[1].closed()
        while ears.withLock(\.count) < 3 { await Task.yield() }
        while ears.withLock({ !$0[1].isStopped }) { await Task.yield() }
        await third.end()
        await first.end()
        #expect(ears.withLock(\.last)?.isStopped == false)
        await second.end()
        #expect(ears.withLock(\.last)?.isStopped == true)
    }
}

/// Is an ear that a test closes.
private final class ScriptedEar: Ear {
    let closed: @Sendable () -> Void
    private let state = Mutex(false)

    init(closed: @escaping @Sendable () -> Void) { self.closed = closed }

    var isStopped: Bool { state.withLock(\.self) }

    func disturb() {}
    func resume() {}
    func hold() {}
    func rearm() {}
    func stop() async { state.withLock { $0 = true } }
}
