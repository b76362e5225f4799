// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit
import Testing

@testable import BluetoothDriver

/// Plays profiles behind the kernel's Bluetooth; run by `mappers/bluetooth/Tests/VM/vm`.
extension SimulatorVMTests {
    @Suite("profiles", .timeLimit(.minutes(1)))
    struct Profiles {
        private static func device(_ name: String, _ config: ConfigNode, _ properties: [Property]) throws
            -> BluetoothDevice
        {
            try SimulationMake.device(name, config, properties)
        }

        /// The kernel's number is free again once it has cleared up after the test before.
        private static func play(_ devices: [BluetoothDevice]) async throws -> (SimulatorStage, UInt16) {
            while true {
                let stage = try await SimulatorStage(devices)
                let index = try #require(stage.servers["hci0"]?.adapterIndex)
                if index == 0 { return (stage, index) }
                #expect(stage.lines.first?.contains("NOT on hci0 as the profile says") == true)
                stage.stop()
                await stage.waitForEnd()
            }
        }

        private static func power(_ index: UInt16) async throws -> Adapter {
            let management = try ManagementSocket.open(clock: SystemClock())
            let adapter = try await Adapter.find("hci\(index)", on: management, clock: SystemClock())
            _ = try await adapter.powerOn()
            return adapter
        }

        @Test("a value of a played profile is read over a link of the kernel")
        func connection() async throws {
            let device = try Self.device("tag", ["macAddress": "F0:02:03:04:05:01"], SimulationMake.properties)
            let (stage, index) = try await Self.play([device])
            defer { stage.stop() }
            let adapter = try await Self.power(index)
            let address = try #require(device.config.macAddress)
            let own = try await adapter.info().address
            let descriptor = try await L2CAPSocket.connect(to: address, .random, from: own, within: .seconds(10))
            let peer = Peer(address: address, kind: .random)
            let link = RadioLink(
                peer: peer,
                descriptor: descriptor,
                isPrivate: false,
                signal: { nil },
                pairing: PairingWatch(),
                end: {}
            )
            let channel = ATTChannel(descriptor)
            let session = try await ConnectedSession(channel, over: link, for: device)
            for (visitor, result) in zip(device.visitors, await session.read(device.visitors)) {
                #expect(throws: Never.self, "\(visitor.property.name)") { try result.get() }
            }
            await session.close()
        }

        @Test("a passive scan decodes a played beacon")
        func beacon() async throws {
            let device = try Self.device(
                "beacon",
                ["macAddress": "C0:02:03:04:05:02", "mode": "advertisement"],
                [SimulationMake.property("t", .double, ["source": "beacon", "field": "temperature"], in: 10...20)]
            )
            let (stage, index) = try await Self.play([device])
            defer { stage.stop() }
            _ = try await Self.power(index)
            let (reports, feed) = AsyncStream.makeStream(of: [UInt8].self)
            let scanner = try HCIScanner.open(adapter: index, settings: HCIScanSettings(), clock: SystemClock()) {
                feed.yield($0)
            }
            scanner.start()
            let address = try #require(device.config.macAddress)
            var decoder = BeaconDecoder(address: address)
            for await parameters in reports {
                let all = HCIAdvertisingReport.reports(in: [0x3E, UInt8(parameters.count)] + parameters)
                guard let report = all.first(where: { $0.address == address }),
                    let outcome = decoder.decode(AdvertisementData(parsing: report.data)).first
                else { continue }
                #expect((10...20).contains(try #require(outcome.get()["temperature"]?.number)))
                break
            }
            await scanner.stop()
        }
    }
}
