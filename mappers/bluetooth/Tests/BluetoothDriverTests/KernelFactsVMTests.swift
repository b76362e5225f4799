// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit
import Synchronization
import Testing

@testable import BluetoothDriver

/// Pins what the kernel does, where the driver is made as it is because of it; run by `mappers/bluetooth/Tests/VM/vm`.
extension SimulatorVMTests {
    @Suite("what the kernel does", .timeLimit(.minutes(1)))
    struct KernelFacts {
        private static func connect(
            _ kernel: SimulatorKernel,
            within limit: Duration = .seconds(10)
        ) async throws -> CInt {
            try await L2CAPSocket.connect(to: SimulatorMake.address(), .random, from: kernel.adapter, within: limit)
        }

        /// A `recv` that waits keeps the socket's lock on kernels from 6.1.170 to 6.1.190, and nothing is received any
        /// more (F2): so no socket of ours can wait, and what comes by itself arrives while an answer is outstanding.
        @Test("links never wait in recv, and values come while a request is under way")
        func nonBlocking() async throws {
            let peripheral = try SimulatorMake.peripheral()
            let kernel = try SimulatorKernel(around: [peripheral])
            let descriptor = try await Self.connect(kernel)
            #expect(fcntl(descriptor, F_GETFL) & O_NONBLOCK != 0)
            var octet: UInt8 = 0
            #expect(recv(descriptor, &octet, 1, 0) == -1)
            #expect(errno == EAGAIN)
            let bench = try await SessionBench(descriptor, to: peripheral)
            let news = AsyncStream.makeStream(of: DeviceNews.self)
            bench.session.push { news.continuation.yield($0) }
            kernel.simulator.send(.slow(.seconds(4)), to: peripheral.address)
            let request = Task { try await bench.texts("setpoint") }
            kernel.simulator.send(.set(SimulatorMake.alarm, [5]), to: peripheral.address)
            var heard = news.stream.makeAsyncIterator()
            guard case .sample("alarm", let sample)? = await heard.next() else { return #expect(Bool(false)) }
            #expect(sample.value == .int(5))
            kernel.simulator.send(.lose, to: peripheral.address)
            guard case .lost? = await heard.next() else { return #expect(Bool(false)) }
            // It says so to whoever waits; who asks a moment later hears that there is no link.
            let answer = try await request.value.first ?? ""
            #expect(answer.contains("the link was lost") || answer.contains("there is no connection"), "\(answer)")
            await bench.session.close()
        }

        /// The kernel ends a raw scan at the first `connect` of anybody, and tells nobody (F4).
        @Test("a scan falls silent when somebody connects")
        func silence() async throws {
            let kernel = try SimulatorKernel(around: [try SimulatorMake.peripheral(), try SimulatorMake.peripheral(9)])
            let scanner = PacketPeer(hci_open_dev(CInt(kernel.index)))
            #expect(hci_le_set_scan_parameters(scanner.descriptor, 0, 0x10, 0x10, 0, 0, 10_000) == 0)
            #expect(hci_le_set_scan_enable(scanner.descriptor, 1, 0, 10_000) == 0)
            var filter = hci_filter()
            hci_filter_clear(&filter)
            hci_filter_set_ptype(HCI_EVENT_PKT, &filter)
            hci_filter_set_event(EVT_LE_META_EVENT, &filter)
            let size = socklen_t(MemoryLayout<hci_filter>.size)
            #expect(setsockopt(scanner.descriptor, SOL_HCI, HCI_FILTER, &filter, size) == 0)
            for _ in 0..<5 { #expect(scanner.receive().prefix(2) == [0x04, 0x3E]) }
            let link = try await Self.connect(kernel)
            // What is left from before; the beacon would be heard ten times a second.
            var entry = pollfd(fd: scanner.descriptor, events: Int16(POLLIN), revents: 0)
            var count = 0
            while poll(&entry, 1, 2000) == 1, count < 100 {
                _ = scanner.receive()
                count += 1
            }
            #expect(count < 100)
            L2CAPSocket.close(link)
        }

        /// So it has to be begun anew after each attempt, whether that came about, failed to be established, or heard
        /// nothing (F4).
        ///
        /// An active scan by a raw socket would keep 6.12 from ever connecting again (F3); a passive one does not.
        @Test("a scan that a connection attempt has ended is begun anew, and is in the way of none")
        func scan() async throws {
            var peripheral = try SimulatorMake.peripheral()
            peripheral.refusals = 1
            let beacon = try SimulatorMake.peripheral(9)
            let kernel = try SimulatorKernel(around: [peripheral, beacon])
            let mark = beacon.address.littleEndianBytes[0]
            let (reports, feed) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
            let scanner = try HCIScanner.open(
                adapter: kernel.index,
                settings: HCIScanSettings(),
                clock: SystemClock(),
                report: { if $0.count > 4, $0[4] == mark { feed.yield() } }
            )
            scanner.start()
            var heard = reports.makeAsyncIterator()
            await heard.next()
            // Refused, not heard, and made.
            for outcome in [ENOSYS, ETIME, 0] {
                kernel.simulator.send(outcome == ETIME ? .absent : .present, to: peripheral.address)
                scanner.hold()
                let descriptor = try? await Self.connect(kernel, within: outcome == ETIME ? .seconds(1) : .seconds(10))
                #expect((descriptor != nil) == (outcome == 0))
                if let descriptor { L2CAPSocket.close(descriptor) }
                scanner.rearm()
                // One may be left from before; three are new ones.
                for _ in 0..<3 { await heard.next() }
            }
            await scanner.stop()
        }

        /// Passive scans ask no device for its scan response, and the name of most is only there (F3): names come from
        /// the kernel's own discovery.
        @Test("a name that is only in the scan response is found")
        func name() async throws {
            let peripheral = try SimulatorMake.peripheral()
            let kernel = try SimulatorKernel(around: [peripheral])
            let management = try ManagementSocket.open(clock: SystemClock())
            defer { management.close() }
            let adapter = try await Adapter.find("\(kernel.adapter)", on: management, clock: SystemClock())
            let found = try await adapter.discover(for: .seconds(20)) { $0.name == "sensor 1" }
            #expect(found.first { $0.peer.address == peripheral.address }?.name == "sensor 1")
        }

        /// The error that ends a link is told once (F5): afterwards the socket looks as if nothing was the matter, no
        /// error and nothing to read, and only sending tells.
        @Test("the error that ends a link is told once")
        func errorOnce() async throws {
            let kernel = try SimulatorKernel(around: [try SimulatorMake.peripheral()])
            let client = try kernel.connect(to: try SimulatorMake.address())
            #expect(SimulatorKernel.outcome(of: client) == 0)
            #expect(client.ask([0x0A, 7, 0]) == [0x0B, 87])
            kernel.simulator.send(.lose, to: try SimulatorMake.address())
            #expect(SimulatorKernel.outcome(of: client, events: POLLIN) == ETIMEDOUT)
            #expect(SimulatorKernel.outcome(of: client, events: POLLIN) == 0)
            var octet: UInt8 = 0
            #expect(recv(client.descriptor, &octet, 1, 0) <= 0)
            #expect(send(client.descriptor, [0x0A, 7, 0], 3, CInt(MSG_NOSIGNAL)) == -1)
            #expect(errno == ENOTCONN)
        }

        /// Bluetooth is in the host's network namespace only (F6): a pod without `hostNetwork` is told so.
        @Test("in another network namespace there is no Bluetooth, and the cure is said")
        func namespace() throws {
            var thread = pthread_t()
            // A namespace of its own for one thread only.
            let status = pthread_create(
                &thread,
                nil,
                { _ in
                    typealias Unshare = @convention(c) (CInt) -> CInt
                    // glibc's header has it only for GNU programs, and Swift's are none. CLONE_NEWNET.
                    let unshare = unsafeBitCast(dlsym(nil, "unshare"), to: Unshare?.self)
                    guard unshare?(0x4000_0000) == 0 else { return nil }
                    let descriptor = socket(AF_BLUETOOTH, CInt(SOCK_SEQPACKET.rawValue), BTPROTO_L2CAP)
                    return UnsafeMutableRawPointer(bitPattern: Int(descriptor < 0 ? errno : 0))
                },
                nil
            )
            try #require(status == 0)
            var result: UnsafeMutableRawPointer?
            pthread_join(thread, &result)
            let error = BluetoothErrno(CInt(Int(bitPattern: result)))
            #expect(error == BluetoothErrno(EAFNOSUPPORT))
            #expect(error.description.contains("hostNetwork: true"))
        }

        /// Left to itself the kernel connects by the adapter that was plugged in last (F9): every socket is bound.
        @Test("of two adapters the named one connects")
        func adapters() async throws {
            let kernels = try [UInt8(1), 2].map { number in
                var peripheral = try SimulatorMake.peripheral()
                peripheral.set([number], of: SimulatorMake.level, at: .zero)
                return try SimulatorKernel(around: [peripheral])
            }
            for (number, kernel) in kernels.enumerated() {
                let peripheral = try #require(kernel.simulator.peripherals.first)
                let bench = try await SessionBench(Self.connect(kernel), to: peripheral)
                #expect(try await bench.texts("level") == ["\(number + 1)"])
                await bench.session.close()
            }
        }
    }
}
