// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit
import Testing

@testable import BluetoothDriver

/// Connects through the kernel's Bluetooth; run by `mappers/bluetooth/Tests/VM/vm`.
extension SimulatorVMTests {
    @Suite("sessions", .timeLimit(.minutes(1)))
    struct Sessions {
        private static let limit = Duration.seconds(10)

        private static func connect(
            _ kernel: SimulatorKernel,
            _ kind: BluetoothAddress.Kind = .random,
            within limit: Duration = limit
        ) async throws -> CInt {
            try await L2CAPSocket.connect(to: SimulatorMake.address(), kind, from: kernel.adapter, within: limit)
        }

        private static func protected() throws -> SimulatedPeripheral {
            var peripheral = try SimulatorMake.peripheral()
            peripheral.pairing = .justWorks
            peripheral.table = AttributeTable(SimulatorMake.services(protecting: SimulatorMake.setPoint))
            return peripheral
        }

        @Test("values are read, written and sent, soon after connecting")
        func values() async throws {
            let peripheral = try SimulatorMake.peripheral()
            let kernel = try SimulatorKernel(around: [peripheral])
            let start = ContinuousClock.now
            let bench = try await SessionBench(Self.connect(kernel), to: peripheral)
            #expect(try await bench.texts("level", "setpoint") == ["87", "513"])
            print("from connecting to the first value: \(start.duration(to: .now))")
            try await bench.session.write(.int(-2), to: bench.visitor("setpoint"))
            #expect(try await bench.texts("setpoint") == ["-2"])
            let news = AsyncStream.makeStream(of: DeviceNews.self)
            bench.session.push { news.continuation.yield($0) }
            kernel.simulator.send(.set(SimulatorMake.alarm, [9]), to: peripheral.address)
            var heard = news.stream.makeAsyncIterator()
            guard case .sample("alarm", let sample)? = await heard.next() else { return #expect(Bool(false)) }
            #expect(sample.value == .int(9))
            await bench.session.close()
        }

        @Test("a lost link is news with its reason, and another one is made, fifty times")
        func lost() async throws {
            let peripheral = try SimulatorMake.peripheral()
            let kernel = try SimulatorKernel(around: [peripheral])
            for _ in 0..<50 {
                let bench = try await SessionBench(Self.connect(kernel), to: peripheral)
                #expect(try await bench.texts("level") == ["87"])
                let news = AsyncStream.makeStream(of: DeviceNews.self)
                bench.session.push { news.continuation.yield($0) }
                kernel.simulator.send(.lose, to: peripheral.address)
                var heard = news.stream.makeAsyncIterator()
                guard case .lost(let error)? = await heard.next() else { return #expect(Bool(false)) }
                #expect(error.code == .disconnected)
                #expect(error.message.contains("the link was lost"))
                await bench.session.close()
            }
        }

        @Test("connections that fail to be established five times are said to, and the sixth comes about")
        func refused() async throws {
            var peripheral = try SimulatorMake.peripheral()
            peripheral.refusals = 5
            let kernel = try SimulatorKernel(around: [peripheral])
            for _ in 0..<5 {
                let fault = await #expect(throws: L2CAPFault.self) { try await Self.connect(kernel) }
                #expect(fault == .system(BluetoothErrno(ENOSYS)))
                #expect(BluetoothErrno(ENOSYS).isTransient)
            }
            let bench = try await SessionBench(Self.connect(kernel), to: peripheral)
            #expect(try await bench.texts("level") == ["87"])
            await bench.session.close()
        }

        @Test("who is absent, or has another kind of address, is waited for in our time only, and is found later")
        func absent() async throws {
            var peripheral = try SimulatorMake.peripheral()
            peripheral.isPresent = false
            let kernel = try SimulatorKernel(around: [peripheral])
            for kind in BluetoothAddress.Kind.allCases {
                let limit = Duration.seconds(1)
                let start = ContinuousClock.now
                await #expect(throws: L2CAPFault.timedOut(limit)) {
                    try await Self.connect(kernel, kind, within: limit)
                }
                #expect(start.duration(to: .now) < .seconds(5))
            }
            kernel.simulator.send(.present, to: peripheral.address)
            await #expect(throws: L2CAPFault.timedOut(.seconds(2))) {
                try await Self.connect(kernel, .public, within: .seconds(2))
            }
            let bench = try await SessionBench(Self.connect(kernel), to: peripheral)
            #expect(try await bench.texts("level") == ["87"])
            await bench.session.close()
        }

        @Test("a peripheral that somebody else holds is said to be held")
        func held() async throws {
            let peripheral = try SimulatorMake.peripheral()
            let kernel = try SimulatorKernel(around: [peripheral])
            let bench = try await SessionBench(Self.connect(kernel), to: peripheral)
            let fault = await #expect(throws: L2CAPFault.self) { try await Self.connect(kernel) }
            #expect(fault == .system(BluetoothErrno(EBUSY)))
            #expect(fault?.description.hasPrefix("held by another process: bluetoothd or a second mapper?") == true)
            #expect(try await bench.texts("level") == ["87"])
            await bench.session.close()
        }

        @Test("a value that wants an encrypted link is read once the kernel has paired")
        func pairing() async throws {
            let peripheral = try Self.protected()
            let kernel = try SimulatorKernel(around: [peripheral])
            let management = try ManagementSocket.open(clock: SystemClock())
            defer { management.close() }
            let adapter = try await Adapter.find("\(kernel.adapter)", on: management, clock: SystemClock())
            let began = AsyncStream.makeStream(of: Void.self)
            let agent = Task {
                try await adapter.answerPairing(
                    PairingAgent(rules: [peripheral.address: .justWorks]),
                    began: { began.continuation.yield() },
                    handle: { _, _ in }
                )
            }
            defer { agent.cancel() }
            var begins = began.stream.makeAsyncIterator()
            await begins.next()
            let bench = try await SessionBench(Self.connect(kernel), to: peripheral)
            #expect(try await bench.texts("setpoint", "level") == ["513", "87"])
            #expect(kernel.simulator.peripherals.first?.longTermKey != nil)
            await bench.session.close()
        }
    }
}
