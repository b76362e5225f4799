// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Dispatch
import CLibBluetooth
import Glibc
import MapperKit
import MapperTesting
import Synchronization
import Testing

@testable import BluetoothDriver

@Suite("A link to a server", .timeLimit(.minutes(1)))
struct ATTChannelTests {
    @Test("requests wait for each other, and each gets its own answer")
    func order() async throws {
        let peer = try ScriptedPeer { pdu in [[0x0B, pdu[1]]] }
        let channel = ATTChannel(peer.other)
        let values = await withTaskGroup(of: (UInt16, ATTResponse?).self) { group in
            for handle in UInt16(1)...50 { group.addTask { (handle, try? await channel.ask(.read(handle))) } }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for handle in UInt16(1)...50 { #expect(values[handle] == .value([UInt8(handle)])) }
        channel.close()
        await #expect(throws: ATTFault.cancelled) { try await channel.ask(.read(1)) }
    }

    @Test("silence ends the link after the server's time")
    func silence() async throws {
        let clock = ManualClock()
        let peer = try ScriptedPeer()
        let channel = ATTChannel(peer.other, clock: clock)
        async let first = Result { try await channel.ask(.read(1)) }
        async let second = Result { try await channel.ask(.read(2)) }
        await clock.waitForSleepers(1)
        await clock.advance(by: .seconds(29))
        #expect(clock.sleepers == 1)
        await clock.advance(by: .seconds(1))
        for result in await [first, second] {
            #expect(throws: ATTFault.timedOut(.seconds(30))) { try result.get() }
        }
        await #expect(throws: ATTFault.timedOut(.seconds(30))) { try await channel.ask(.read(1)) }
        #expect(peer.received.count == 1)
    }

    @Test("whoever gives up does not disturb those who do not")
    func cancellation() async throws {
        let gate = DispatchSemaphore(value: 0)
        let peer = try ScriptedPeer { pdu in
            if pdu[1] == 1 { gate.wait() }
            return [[0x0B, pdu[1]]]
        }
        let channel = ATTChannel(peer.other)
        let impatient = Task { try await channel.ask(.read(1)) }
        let waiting = Task { try await channel.ask(.read(2)) }
        let patient = Task { try await channel.ask(.read(3)) }
        while peer.received.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        impatient.cancel()
        await #expect(throws: ATTFault.cancelled) { try await impatient.value }
        gate.signal()
        #expect(try await patient.value == .value([3]))
        #expect(try await waiting.value == .value([2]))
    }

    @Test("a lost link fails everything, once, and says why")
    func loss() async throws {
        let peer = try ScriptedPeer()
        let channel = ATTChannel(peer.other)
        let ends = Mutex<[ATTFault]>([])
        channel.listen(onValue: { _, _ in }, onEnd: { fault in ends.withLock { $0.append(fault) } })
        let asking = Task { try await channel.ask(.read(1)) }
        while peer.received.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
        peer.close()
        await #expect(throws: ATTFault.closed(0)) { try await asking.value }
        await #expect(throws: ATTFault.closed(0)) { try await channel.ask(.read(1)) }
        #expect(throws: ATTFault.closed(0)) { try channel.send(command: [0x52, 1, 0]) }
        channel.close()
        #expect(ends.withLock { $0 } == [.closed(0)])
    }

    @Test("an indication is confirmed before anything else, and values come while a request is under way")
    func indication() async throws {
        let peer = try ScriptedPeer { pdu in
            pdu[0] == 0x0A ? [[0x1B, 5, 0, 1], [0x1D, 5, 0, 2], [0x0B, 9]] : []
        }
        let channel = ATTChannel(peer.other)
        let values = Mutex<[[UInt8]]>([])
        channel.listen(onValue: { _, value in values.withLock { $0.append(value) } }, onEnd: { _ in })
        #expect(try await channel.ask(.read(7)) == .value([9]))
        #expect(values.withLock { $0 } == [[1], [2]])
        while peer.received.count < 2 { try await Task.sleep(for: .milliseconds(1)) }
        #expect(peer.received == [[0x0A, 7, 0], [0x1E]])
    }
}

extension Result where Failure == any Error {
    /// Keeps what an asynchronous closure comes to.
    init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
