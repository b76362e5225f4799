// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperTesting
import Testing

@testable import BluetoothDriver

@Suite("Discovery", .timeLimit(.minutes(1)))
struct AdapterDiscoveryTests {
    private let clock = ManualClock()
    private let start = MGMTBytes.event(0x0023, [6])
    private let stop = MGMTBytes.event(0x0024, [6])

    private func open(
        _ answers: @escaping @Sendable ([UInt8]) -> [[UInt8]] = { _ in [] }
    ) throws -> (HCIScriptedKernel, Adapter) {
        let kernel = try HCIScriptedKernel(answers)
        let info = try #require(AdapterInfo(index: 0, parameters: MGMTBytes.controller(current: .powered)))
        return (
            kernel, Adapter(info, on: ManagementSocket(descriptor: kernel.client, clock: clock), clock: clock)
        )
    }

    @Test("it is begun anew whenever the kernel ends it, and ended when the time is over")
    func restarts() async throws {
        let (kernel, adapter) = try open { [MGMTBytes.answer(to: UInt16($0[0]), [6])] }
        let (seen, feed) = AsyncStream.makeStream(of: MGMTAddress.self)
        let task = Task {
            try await adapter.discover(for: .seconds(25)) {
                feed.yield($0.peer)
                return false
            }
        }
        #expect(await kernel.next() == start)
        kernel.send(MGMTBytes.discovering(true))
        kernel.send(MGMTBytes.found(MGMTBytes.peerBytes, [2, 1, 6]))
        kernel.send(MGMTBytes.discovering(false))
        #expect(await kernel.next() == start)
        kernel.send(MGMTBytes.discovering(true))
        kernel.send(MGMTBytes.found(MGMTBytes.otherBytes, [2, 1, 6]))
        kernel.send(MGMTBytes.found(MGMTBytes.peerBytes, strength: -70, [5, 9] + Array("lamp".utf8)))
        kernel.send(MGMTBytes.discovering(false))
        #expect(await kernel.next() == start)
        kernel.send(MGMTBytes.found(MGMTBytes.otherBytes, [2, 1, 6]))
        // Reports are looked at once the start was answered.
        for await peer in seen.dropFirst(3) {
            #expect(peer == MGMTBytes.other)
            break
        }
        await clock.advance(by: .seconds(25))
        #expect(await kernel.next() == stop)
        let found = try await task.value
        #expect(found.map(\.peer) == [MGMTBytes.peer, MGMTBytes.other])
        #expect(found.first?.name == "lamp")
        #expect(found.first?.strength == -70)
        #expect(found.first?.data == [2, 1, 6, 5, 9] + Array("lamp".utf8))
    }

    @Test("it ends as soon as the caller has seen enough")
    func enough() async throws {
        let (kernel, adapter) = try open { packet in
            let answer = MGMTBytes.answer(to: UInt16(packet[0]), [6])
            return packet[0] == 0x23 ? [answer, MGMTBytes.found(MGMTBytes.peerBytes, [])] : [answer]
        }
        let found = try await adapter.discover(for: .seconds(60)) { $0.peer == MGMTBytes.peer }
        #expect(found.count == 1)
        #expect(await kernel.next() == start)
        #expect(await kernel.next() == stop)
    }

    @Test("somebody else's is used and never ended")
    func busy() async throws {
        let (kernel, adapter) = try open { packet in
            [
                MGMTBytes.answer(to: UInt16(packet[0]), status: 0x0A),
                MGMTBytes.found(MGMTBytes.peerBytes, []),
            ]
        }
        let found = try await adapter.discover(for: .seconds(60)) { _ in true }
        #expect(found.count == 1)
        adapter.management.close()
        #expect(await kernel.next() == start)
        #expect(await kernel.next() == nil)
    }

    @Test("it is begun when somebody else's has ended, or after a pause")
    func afterBusy() async throws {
        let (kernel, adapter) = try open()
        let (seen, feed) = AsyncStream.makeStream(of: MGMTAddress.self)
        let task = Task {
            try await adapter.discover(for: .seconds(60)) {
                feed.yield($0.peer)
                return false
            }
        }
        #expect(await kernel.next() == start)
        kernel.send(MGMTBytes.answer(to: 0x23, status: 0x0A))
        kernel.send(MGMTBytes.discovering(false))
        #expect(await kernel.next() == start)
        kernel.send(MGMTBytes.answer(to: 0x23, status: 0x0A))
        kernel.send(MGMTBytes.found(MGMTBytes.peerBytes, []))
        // Reports are looked at once the start was answered.
        for await _ in seen { break }
        await clock.advance(by: DiscoveryRun.pause)
        #expect(await kernel.next() == start)
        task.cancel()
        kernel.send(MGMTBytes.answer(to: 0x23, [6]))
        #expect(await kernel.next() == stop)
        kernel.send(MGMTBytes.answer(to: 0x24, [6]))
        #expect(try await task.value.map(\.peer) == [MGMTBytes.peer])
    }

    @Test("an adapter that is off ends it with the reason")
    func off() async throws {
        let (kernel, adapter) = try open { [MGMTBytes.answer(to: UInt16($0[0]), status: 0x0F)] }
        defer { kernel.stop() }
        let error = await #expect(throws: ManagementError.self) { try await adapter.discover(for: .seconds(9)) }
        #expect(error?.status == .notPowered)
    }

    @Test("a channel that closes ends it with an error")
    func closed() async throws {
        let (kernel, adapter) = try open { [MGMTBytes.answer(to: UInt16($0[0]), [6])] }
        let task = Task { try await adapter.discover(for: .seconds(9)) }
        #expect(await kernel.next() == start)
        kernel.stop()
        await #expect(throws: ManagementError.self) { try await task.value }
    }

    @Test("reports are merged by the parts of the advertisement")
    func merge() throws {
        func report(_ strength: Int8?, _ data: [UInt8], connectable: Bool = false) -> MGMTDeviceReport {
            MGMTDeviceReport(peer: MGMTBytes.peer, strength: strength, isConnectable: connectable, data: data)
        }
        var peers = FoundPeers()
        _ = peers.note(report(-50, [2, 1, 6, 3, 8, 0x61, 0x62, 9, 1]))
        let merged = peers.note(report(nil, [2, 1, 4, 4, 9, 0x61, 0x62, 0x63], connectable: true))
        #expect(peers.all == [merged])
        #expect(merged.strength == -50)
        #expect(merged.isConnectable)
        #expect(merged.name == "abc")
        #expect(merged.data == [3, 8, 0x61, 0x62, 2, 1, 4, 4, 9, 0x61, 0x62, 0x63])
        #expect(DiscoveredPeer(report(0, [3, 8, 0x61, 0x62])).name == "ab")
        #expect(DiscoveredPeer(report(0, [0, 3, 8, 0x61])).name == nil)
    }
}
