// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Testing

extension EndToEndTests {
    /// Bluetooth devices on a simulated air, from their bytes to the twin and back.
    @Suite(.serialized, .timeLimit(.minutes(2)))
    struct BluetoothTests {
        /// The attribute protocol's Write Request.
        private let writeRequest: UInt8 = 0x12

        @Test func `Desired values are written once, acknowledged, read back and reported`() async throws {
            let stage = try await BluetoothStage()
            let start = stage.observer.count
            try await stage.desire("brightness", "515")
            try await stage.reported("brightness", "515", since: start)
            #expect(stage.relay.count(of: writeRequest, ending: [0x03, 0x02]) == 1)
            try await stage.desire("power", "ON")
            try await stage.reported("power", "ON", since: start)
            let written = stage.relay.count(of: writeRequest, ending: [1])
            #expect(written == 1)
            #expect(stage.mapper.lines(with: "device=lamp written ").count == 2)
        }

        @Test func `What cannot be written is refused with a reason`() async throws {
            let stage = try await BluetoothStage()
            try await stage.desire("brightness", "1001")
            try await stage.mapper.said("refused", "property=brightness", "desired=1001", "0…1000")
            try await stage.desire("power", "DIM")
            try await stage.mapper.said("refused", "property=power", "desired=DIM", "OFF")
            try await stage.desire("level", "3")
            try await stage.mapper.said("refused", "property=level", "desired=3", "ReadOnly")
            #expect(stage.mapper.lines(with: "device=lamp written ").isEmpty)
        }

        @Test func `A write that the device refuses is said with its code, and tried again`() async throws {
            let stage = try await BluetoothStage(faults: ["lamp:error=80 fff1"])
            try await stage.desire("brightness", "7")
            try await stage.mapper.said("property=brightness", "ATT error 0x80")
            #expect(stage.mapper.lines(with: "device=lamp written ").isEmpty)
        }

        @Test func `Devices that go off the air are offline, and back with what was wanted meanwhile`() async throws {
            let stage = try await BluetoothStage()
            stage.simulator.kill()
            try await eventually("both are offline", evidence: stage.evidence) {
                [BluetoothStage.lamp, BluetoothStage.beacon].allSatisfy {
                    stage.observer.states(of: $0).last == "offline"
                }
            }
            try await stage.desire("brightness", "99")
            let start = stage.observer.count
            try await stage.restartSimulator(after: .zero)
            try await stage.reported("brightness", "99", since: start)
            #expect(stage.relay.count(of: writeRequest, ending: [99, 0]) == 1)
            try await eventually("both are online", evidence: stage.evidence) {
                [BluetoothStage.lamp, BluetoothStage.beacon].allSatisfy {
                    stage.observer.states(of: $0).last == "online"
                }
            }
        }

        @Test func `A signal ends the mapper while it looks for a device that is not there`() async throws {
            let stage = try await BluetoothStage()
            stage.simulator.kill()
            try await eventually("the lamp is offline", evidence: stage.evidence) {
                stage.observer.states(of: BluetoothStage.lamp).last == "offline"
            }
            let begin = ContinuousClock.now
            stage.mapper.send(15)
            #expect(try await stage.mapper.exitCode(within: .seconds(10)) == 0)
            #expect(ContinuousClock.now - begin < .seconds(2))
        }
    }
}
