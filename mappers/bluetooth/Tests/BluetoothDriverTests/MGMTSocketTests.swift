// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperTesting
import Testing

@testable import BluetoothDriver

@Suite("The MGMT control channel", .timeLimit(.minutes(1)))
struct MGMTSocketTests {
    private let clock = ManualClock()

    private func open(
        _ answers: @escaping @Sendable ([UInt8]) -> [[UInt8]] = { _ in [] }
    ) throws -> (HCIScriptedKernel, ManagementSocket) {
        let kernel = try HCIScriptedKernel(answers)
        return (kernel, ManagementSocket(descriptor: kernel.client, clock: clock))
    }

    @Test("a command is sent and its answer comes back, past events and garbage")
    func exchange() async throws {
        let (kernel, socket) = try open { _ in
            [
                [1, 2, 3], MGMTBytes.event(0x0004), MGMTBytes.event(0x0006, [1]),
                MGMTBytes.answer(to: 0x0024), MGMTBytes.answer(to: 0x0005, index: 1, [0, 0, 0, 0]),
                MGMTBytes.answer(to: 0x0005, index: 0, [1, 0, 0, 0]),
            ]
        }
        let answer = try await socket.send(.setPowered(true), to: 0)
        #expect(answer.settings == .powered)
        #expect(await kernel.next() == [5, 0, 0, 0, 1, 0, 1])
    }

    @Test("a refusal names command, adapter, reason and cure")
    func refusal() async throws {
        let (kernel, socket) = try open { _ in [MGMTBytes.answer(to: 0x0005, status: 0x14)] }
        defer { kernel.stop() }
        let error = await #expect(throws: ManagementError.self) { try await socket.send(.setPowered(true), to: 0) }
        #expect(error?.status == .permissionDenied)
        #expect(
            error?.description == "hci0: cannot switch the adapter on: permission denied (needs CAP_NET_ADMIN)"
        )
    }

    @Test("no answer ends at the deadline, and the late one is not the next one's")
    func deadline() async throws {
        let (kernel, socket) = try open()
        let first = Task { try await socket.send(.setPowered(true), to: 0, within: .seconds(5)) }
        #expect(await kernel.next() != nil)
        await clock.waitForSleepers(1)
        await clock.advance(by: .seconds(5))
        let error = await #expect(throws: ManagementError.self) { try await first.value }
        #expect(error == .timedOut(.setPowered(true), index: 0, .seconds(5)))
        let second = Task { try await socket.send(.setPowered(false), to: 0) }
        await clock.waitForSleepers(1)
        kernel.send(MGMTBytes.answer(to: 0x0005, status: 0x0A))
        #expect(await kernel.next()?.last == 0)
        kernel.send(MGMTBytes.answer(to: 0x0005, [0, 2, 0, 0]))
        #expect(try await second.value.settings == .lowEnergy)
    }

    @Test("two of the same kind go one after the other, other adapters at once")
    func order() async throws {
        let (kernel, socket) = try open()
        let first = Task { try await socket.send(.setPowered(true), to: 0) }
        #expect(await kernel.next()?[2] == 0)
        let second = Task { try await socket.send(.setPowered(false), to: 0) }
        await clock.waitForSleepers(2)
        let third = Task { try await socket.send(.setPowered(true), to: 1) }
        #expect(await kernel.next()?[2] == 1)
        kernel.send(MGMTBytes.answer(to: 0x0005, [1, 0, 0, 0]))
        #expect(try await first.value.settings == .powered)
        #expect(await kernel.next()?.last == 0)
        kernel.send(MGMTBytes.answer(to: 0x0005, [0, 0, 0, 0]))
        kernel.send(MGMTBytes.answer(to: 0x0005, index: 1, [1, 0, 0, 0]))
        #expect(try await second.value.settings == [])
        #expect(try await third.value.settings == .powered)
    }

    @Test("a cancelled caller is let go at once")
    func cancellation() async throws {
        let (kernel, socket) = try open()
        let task = Task { try await socket.send(.startDiscovery, to: 0) }
        #expect(await kernel.next() != nil)
        task.cancel()
        await #expect(throws: ManagementError.cancelled) { try await task.value }
        let early = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await socket.send(.stopDiscovery, to: 0)
        }
        await #expect(throws: ManagementError.cancelled) { try await early.value }
    }

    @Test("events go to all who want them, in order, to each within its limit")
    func events() async throws {
        let (kernel, socket) = try open()
        let all = socket.events()
        let last = socket.events(keeping: 2)
        let added = socket.events { $0.event == .indexAdded }
        for index in 0..<4 { kernel.send(MGMTBytes.event(0x0006, index: UInt16(index), [0, 0, 0, 0])) }
        kernel.send(MGMTBytes.event(0x0004, index: 9))
        var seen: [UInt16] = []
        for await event in all {
            seen.append(event.index)
            if seen.count == 5 { break }
        }
        #expect(seen == [0, 1, 2, 3, 9])
        for await event in added {
            #expect(event.index == 9)
            break
        }
        socket.close()
        var kept: [UInt16] = []
        for await event in last { kept.append(event.index) }
        #expect(kept == [3, 9])
    }

    @Test("closing tells whoever waits, ends the streams and frees the socket")
    func close() async throws {
        let (kernel, socket) = try open()
        let events = socket.events()
        let task = Task { try await socket.send(.startDiscovery, to: 0) }
        #expect(await kernel.next() != nil)
        socket.close()
        await #expect(throws: ManagementError.closed) { try await task.value }
        for await _ in events { Issue.record("no event was sent") }
        #expect(await kernel.next() == nil)
        await #expect(throws: ManagementError.closed) { try await socket.send(.startDiscovery, to: 0) }
        for await _ in socket.events() { Issue.record("no event can come") }
    }

    @Test("a command to a closed channel leaves nothing behind")
    func closed() async throws {
        let (_, socket) = try open()
        socket.close()
        await #expect(throws: ManagementError.closed) { try await socket.send(.startDiscovery, to: 0) }
        #expect(socket.waitingCount == 0)
    }

    @Test("the other end's closing tells whoever waits")
    func otherEnd() async throws {
        let (kernel, socket) = try open()
        let task = Task { try await socket.send(.startDiscovery, to: 0) }
        #expect(await kernel.next() != nil)
        kernel.stop()
        await #expect(throws: ManagementError.closed) { try await task.value }
    }

    @Test("a forgotten socket is closed")
    func forgotten() async throws {
        let kernel = try HCIScriptedKernel()
        do { _ = ManagementSocket(descriptor: kernel.client, clock: clock) }
        #expect(await kernel.next() == nil)
    }

    @Test("a command that is too long for the socket is not waited for")
    func tooLong() async throws {
        let (kernel, socket) = try open()
        var size: CInt = 4608
        setsockopt(kernel.client, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<CInt>.size))
        let key = IdentityKey(peer: MGMTBytes.peer, value: Array(0..<16))
        let many = MGMTCommand.loadIdentityKeys(Array(repeating: key, count: 2800))
        let error = await #expect(throws: ManagementError.self) { try await socket.send(many, to: 0) }
        guard case .notSent = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
