// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import Testing

@testable import BluetoothDriver

/// Lets the kernel pair with simulated peripherals; run by `mappers/bluetooth/Tests/VM/vm`.
extension SimulatorVMTests {
    @Suite("pairing", .timeLimit(.minutes(1)))
    struct Pairing {
        @Test("a protected value opens once the kernel has paired, and at once the next time")
        func justWorks() throws {
            let kernel = try Self.kernel(.justWorks, abilities: 3)
            let client = try kernel.connect(to: try SimulatorMake.address())
            #expect(SimulatorKernel.outcome(of: client) == 0)
            #expect(client.ask([0x0A, 7, 0]) == [0x01, 0x0A, 7, 0, 0x0F])
            Self.secure(client)
            // User Confirmation Request, which ends with User Confirmation Reply.
            let question = try kernel.wait { $0.code == 0x000F }.content
            _ = try kernel.manage(0x001C, Array(question.prefix(7)))
            #expect(SimulatorKernel.outcome(of: client) == 0)
            #expect(client.ask([0x0A, 7, 0]) == [0x0B, 87])
            #expect(kernel.simulator.peripherals.first?.longTermKey != nil)

            kernel.simulator.send(.lose, to: try SimulatorMake.address())
            #expect(SimulatorKernel.outcome(of: client, events: POLLIN) == ETIMEDOUT)
            let next = try kernel.connect(to: try SimulatorMake.address())
            #expect(SimulatorKernel.outcome(of: next) == 0)
            Self.secure(next)
            #expect(SimulatorKernel.outcome(of: next) == 0)
            #expect(next.ask([0x0A, 7, 0]) == [0x0B, 87])
        }

        @Test("a peripheral with digits opens for who types them")
        func passkey() throws {
            let kernel = try Self.kernel(.passkey(123_456), abilities: 4)
            let client = try kernel.connect(to: try SimulatorMake.address())
            #expect(SimulatorKernel.outcome(of: client) == 0)
            #expect(client.ask([0x0A, 7, 0]) == [0x01, 0x0A, 7, 0, 0x0F])
            Self.secure(client)
            // User Passkey Request, which ends with User Passkey Reply.
            let question = try kernel.wait { $0.code == 0x0010 }.content
            _ = try kernel.manage(0x001E, Array(question.prefix(7)) + [0x40, 0xE2, 0x01, 0x00])
            #expect(SimulatorKernel.outcome(of: client) == 0)
            #expect(client.ask([0x0A, 7, 0]) == [0x0B, 87])
        }

        @Test("a peripheral that has forgotten the key refuses to be encrypted")
        func forgotten() throws {
            let kernel = try Self.kernel(.justWorks, abilities: 3)
            let client = try kernel.connect(to: try SimulatorMake.address())
            #expect(SimulatorKernel.outcome(of: client) == 0)
            #expect(client.ask([0x0A, 7, 0]) == [0x01, 0x0A, 7, 0, 0x0F])
            Self.secure(client)
            let question = try kernel.wait { $0.code == 0x000F }.content
            _ = try kernel.manage(0x001C, Array(question.prefix(7)))
            // New Long Term Key.
            _ = try kernel.wait { $0.code == 0x000A }
            for action: SimulatorCommand.Action in [.forget, .lose] {
                kernel.simulator.send(action, to: try SimulatorMake.address())
            }
            #expect(SimulatorKernel.outcome(of: client, events: POLLIN) == ETIMEDOUT)
            let next = try kernel.connect(to: try SimulatorMake.address())
            #expect(SimulatorKernel.outcome(of: next) == 0)
            Self.secure(next)
            // The kernel ends the connection for it.
            _ = SimulatorKernel.outcome(of: next, events: POLLIN)
            #expect(next.ask([0x0A, 7, 0]) != [0x0B, 87])
        }

        @Test("wrong digits are told as a failure")
        func wrongPasskey() throws {
            let kernel = try Self.kernel(.passkey(123_456), abilities: 4)
            let client = try kernel.connect(to: try SimulatorMake.address())
            #expect(SimulatorKernel.outcome(of: client) == 0)
            #expect(client.ask([0x0A, 7, 0]) == [0x01, 0x0A, 7, 0, 0x0F])
            Self.secure(client)
            let question = try kernel.wait { $0.code == 0x0010 }.content
            _ = try kernel.manage(0x001E, Array(question.prefix(7)) + [1, 0, 0, 0])
            // Authentication Failed.
            let failure = try kernel.wait { $0.code == 0x0011 }.content
            #expect(failure.prefix(7) == question.prefix(7))
        }

        /// Plugs in an adapter with a protected peripheral, and says what the one in front of it can do.
        private static func kernel(_ method: PairingMethod, abilities: UInt8) throws -> SimulatorKernel {
            var peripheral = try SimulatorMake.peripheral()
            peripheral.pairing = method
            peripheral.table.protect(7, with: 0x0F)
            let kernel = try SimulatorKernel(around: [peripheral])
            // Set IO Capability, Set Bondable.
            _ = try kernel.manage(0x0018, [abilities])
            _ = try kernel.manage(0x0009, [1])
            return kernel
        }

        /// Asks for an encrypted connection; it can be written to again when it is.
        ///
        /// After a first request and its answer: the kernel tells of a connection a moment before it can secure it.
        private static func secure(_ client: PacketPeer) {
            var wish = bt_security(level: UInt8(BT_SECURITY_MEDIUM), key_size: 0)
            let size = socklen_t(MemoryLayout<bt_security>.size)
            #expect(setsockopt(client.descriptor, SOL_BLUETOOTH, BT_SECURITY, &wish, size) == 0)
        }
    }
}
