// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import MapperDMI
import MapperTesting
import SwiftProtobuf
import Testing

@testable import mapperctl

extension EndToEndTests {
    /// Nothing that comes by its socket ends the mapper, or lets it end EdgeCore.
    ///
    /// `MAPPERKIT_FUZZ_SECONDS` makes it go on for longer.
    @Suite(.serialized)
    struct DMIHostileTests {
        private static let environment = ProcessInfo.processInfo.environment
        private static let time = environment["MAPPERKIT_FUZZ_SECONDS"].flatMap(Double.init) ?? 2

        @Test func `Damaged definitions and garbage leave mapper and EdgeCore whole`() async throws {
            let seed = UInt64.random(in: .min ... .max)
            print("DMIHostileTests: seed \(seed)")
            let stage = try await DMIStage()
            try await stage.temperature(otherThan: nil, since: 0)
            var calls = try Self.calls(stage, SplitMix(seed: seed))
            var random = SplitMix(seed: ~seed)
            var (rounds, garbage, answers) = (0, 0, [String: Int]())
            let (begin, process) = (ContinuousClock.now, stage.mapper.identifier)
            let memory = try ProcessFigures(of: process).residentKilobytes
            try await RawCaller.with(stage.mapperSocket) { caller in
                while ContinuousClock.now - begin < .seconds(Self.time) || rounds < 100 {
                    rounds += 1
                    let call = calls.next()
                    let code = await caller.call(call.method, call.request)
                    answers[code.map { "\($0)" } ?? "ok", default: 0] += 1
                    if rounds % 5 == 0 {
                        try #require(Garbage.send(Garbage.bytes(&random), to: stage.mapperSocket))
                        garbage += 1
                    }
                    // A valid one between the others, which EdgeCore makes by itself.
                    if rounds % 50 == 0 { stage.desire(UInt16.random(in: 60...340, using: &random)) }
                    try #require(stage.mapper.isRunning, "round \(rounds): \(stage.evidence)")
                }
            }
            let end = try ProcessFigures(of: process).residentKilobytes
            print(
                "DMIHostileTests: \(rounds) calls, \(answers.sorted { $0.key < $1.key }), \(garbage) times garbage,",
                "memory \(memory) to \(end) kB, EdgeCore's crashes: \(stage.server.crashes.count)"
            )
            try await Self.worksAgain(stage)
        }

        /// What EdgeCore knows is all that is left after it began anew, and works.
        private static func worksAgain(_ stage: DMIStage) async throws {
            #expect(stage.server.crashes == [])
            try await stage.server.restart()
            let start = stage.count
            // Nothing that was desired before.
            stage.desire(345)
            try await stage.fulfilled(345, since: start, within: .seconds(60))
            try await stage.temperature(otherThan: nil, since: start, within: .seconds(60))
            #expect(stage.server.crashes == [])
            #expect(stage.mapper.isRunning)
            stage.mapper.send(SIGTERM)
            #expect(try await stage.mapper.exitCode(within: .seconds(10)) == 0)
            await stage.server.stop()
        }

        /// Calls about the device there is, another one, and, where there are recordings, those of a real EdgeCore.
        private static func calls(_ stage: DMIStage, _ random: SplitMix) throws -> HostileCalls {
            let dmi = try #require(stage.server.node.now.dmi)
            var (devices, models): ([DMIDevice], [DMIDeviceModel]) = ([], dmi.models.values.map(\.message))
            for case .message(let device) in dmi.devices.values.map(\.content) { devices.append(device) }
            var other = try #require(devices.first)
            other.name = "thermostat-02"
            devices.append(other)
            if let folder = environment["MAPPERKIT_FIXTURES"] {
                let golden = URL(fileURLWithPath: "\(folder)/dmi/golden-v1.23.1")
                let model = try Data(contentsOf: golden.appending(path: "02-CreateDeviceModelRequest.bin"))
                models.append(try DMICreateDeviceModelRequest(serializedBytes: model).model)
                for name in ["03-RegisterDeviceRequest", "04-UpdateDeviceRequest"] {
                    let data = try Data(contentsOf: golden.appending(path: "\(name).bin"))
                    devices.append(try ours(DMIRegisterDeviceRequest(serializedBytes: data).device))
                }
            } else {
                print("DMIHostileTests: without the recordings, as MAPPERKIT_FIXTURES is not set")
            }
            return HostileCalls(devices: devices, models: models, random: random)
        }

        /// A recorded device as one of this mapper's, on this machine.
        private static func ours(_ device: DMIDevice) throws -> DMIDevice {
            var device = device
            device.spec.protocol.protocolName = "modbus"
            let address = Google_Protobuf_StringValue("127.0.0.1")
            device.spec.protocol.configData.data["ip"] = try Google_Protobuf_Any(message: address)
            return device
        }
    }
}
