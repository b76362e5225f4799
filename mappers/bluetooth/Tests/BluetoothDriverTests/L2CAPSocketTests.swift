// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import Testing

@testable import BluetoothDriver

@Suite("Links to peripherals")
struct L2CAPSocketTests {
    /// A socket that has no room for another byte, and the end from which to make room.
    private func fullSocket() throws -> (full: CInt, other: CInt) {
        var pair: [CInt] = [-1, -1]
        try #require(socketpair(AF_UNIX, CInt(SOCK_STREAM.rawValue) | O_CLOEXEC, 0, &pair) == 0)
        _ = fcntl(pair[0], F_SETFL, O_NONBLOCK)
        let bytes = [UInt8](repeating: 0, count: 65536)
        while send(pair[0], bytes, bytes.count, Int32(MSG_NOSIGNAL)) > 0 {}
        return (pair[0], pair[1])
    }

    @Test("waiting ends in time")
    func limit() async throws {
        let (full, other) = try fullSocket()
        defer { for descriptor in [full, other] { close(descriptor) } }
        let start = ContinuousClock.now
        await #expect(throws: L2CAPFault.timedOut(.milliseconds(250))) {
            try await L2CAPSocket.waitUntilWritable(full, within: .milliseconds(250))
        }
        #expect(start.duration(to: .now) >= .milliseconds(240))
        shutdown(other, Int32(SHUT_RDWR))
        try await L2CAPSocket.waitUntilWritable(full, within: .seconds(10))
    }

    @Test("waiting ends with its task")
    func cancellation() async throws {
        let (full, other) = try fullSocket()
        defer { for descriptor in [full, other] { close(descriptor) } }
        let start = ContinuousClock.now
        let task = Task { try await L2CAPSocket.waitUntilWritable(full, within: .seconds(600)) }
        task.cancel()
        await #expect(throws: L2CAPFault.cancelled) { try await task.value }
        #expect(start.duration(to: .now) < .seconds(300))
    }

    @Test("without Bluetooth, or without the adapter, connecting says so at once")
    func noBluetooth() async throws {
        let nobody = try #require(BluetoothAddress("00:00:00:00:00:01"))
        let fault = await #expect(throws: L2CAPFault.self) {
            try await L2CAPSocket.connect(to: nobody, .random, from: nobody, within: .seconds(5))
        }
        guard case .system(let error)? = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
        // No such protocol here, no such adapter, or an adapter that is down.
        #expect([EAFNOSUPPORT, EADDRNOTAVAIL, EHOSTUNREACH].contains(error.number))
    }
}
