// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit
import Testing

@testable import BluetoothDriver

/// Pins which capabilities the kernel wants for what, and that a mapper without says so (F6); run by
/// `mappers/bluetooth/Tests/VM/cases`, beside a powered adapter and without any capability.
@Suite(
    "With a real kernel, without capabilities",
    .timeLimit(.minutes(1)),
    .enabled(if: getenv("MAPPERKIT_UNPRIVILEGED") != nil, "needs the virtual machine, and no capabilities")
)
struct UnprivilegedVMTests {
    private let clock = SystemClock()

    @Test("adapters are listed, and a refusal says which capability is missing")
    func control() async throws {
        let adapter = try await Adapter.find(nil, on: try ManagementSocket.open(clock: clock), clock: clock)
        #expect(try await adapter.info().current.contains(.powered))
        let error = await #expect(throws: ManagementError.self) { try await adapter.cycle() }
        #expect(error?.status == .permissionDenied)
        #expect(error?.description.contains("CAP_NET_ADMIN") == true)
    }

    @Test("connecting takes no capability")
    func connecting() async throws {
        let adapter = try await Adapter.find(nil, on: try ManagementSocket.open(clock: clock), clock: clock)
        // Nobody is there; but the kernel does look.
        await #expect(throws: L2CAPFault.timedOut(.seconds(1))) {
            try await L2CAPSocket.connect(
                to: MGMTBytes.peer.address,
                .random,
                from: adapter.address,
                within: .seconds(1)
            )
        }
    }

    @Test("a scan says which capability is missing")
    func scan() async throws {
        let (notices, feed) = AsyncStream.makeStream(of: HCIScanNotice.self)
        let scanner = try HCIScanner.open(
            adapter: 0,
            settings: HCIScanSettings(),
            clock: clock,
            report: { _ in },
            notice: { feed.yield($0) }
        )
        scanner.start()
        for await notice in notices {
            #expect(notice == .notSent(BluetoothErrno(EPERM), retryAfter: .seconds(1)))
            #expect(notice.description.contains("CAP_NET_RAW"))
            break
        }
        await scanner.stop()
    }

    @Test("both capabilities are found missing")
    func findings() async {
        let sentences = await SystemFindings.ofThisMachine().filter { $0.severity == .warning }.map(\.sentence)
        #expect(sentences.contains { $0.contains("lacks CAP_NET_ADMIN") })
        #expect(sentences.contains { $0.contains("lacks CAP_NET_RAW") })
    }
}
