// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
import MapperTesting
import ProgramTesting
import Testing

@testable import line_mapper
@testable import push_mapper
@testable import system_mapper
@testable import virtual_sensor_mapper

extension ExamplesTests {
    /// What people copy keeps the contract.
    @Suite(.serialized, .timeLimit(.minutes(5)))
    struct ConformanceTests {
        private let folder: ScratchFolder

        init() throws { folder = try ScratchFolder() }

        @Test func `A computed room keeps the contract`() async throws {
            // Time stands still: a crowd of rooms is expected to be as one alone was before.
            let driver = RoomDriver(clock: ManualClock())
            let report = try await DriverConformance.run(driver, profile: Example.virtualSensor.url.path)
            #expect(report.breaches.isEmpty, "\(report)")
        }

        @Test func `The custom driver keeps the contract, also when its device hangs`() async throws {
            let port = try LoopbackSocket.freePort()
            let program = Executables.named("line-device")
            let device = try RunningProgram("device", program, ["\(port)"], logs: folder.url)
            try await device.said("listening on")
            let profile = try Example.customDriver.writeProfile(
                to: folder,
                ["port: 7070": "port: \(port)\n      timeout: 1000"]
            )
            let report = try await DriverConformance.run(
                LineDriver(),
                profile: profile,
                options: options(device, crowdSize: 30)
            )
            #expect(report.breaches.isEmpty, "\(report)")
        }

        @Test func `The driver for what speaks by itself keeps the contract, also when there is silence`() async throws
        {
            let port = try LoopbackSocket.freeDatagramPort()
            let script = Example.pushDriver.url.appending(path: "source.sh")
            let source = try RunningProgram("source", script, ["\(port)", "0.1"], logs: folder.url)
            let profile = try Example.pushDriver.writeProfile(
                to: folder,
                ["7071": "\(port)", "silence: 3000": "silence: 1000"]
            )
            // A port is had by one device.
            let options = options(source, crowdSize: 0)
            let report = try await DriverConformance.run(PushDriver(), profile: profile, options: options)
            #expect(report.breaches.isEmpty, "\(report)")
        }

        @Test func `The machine's own sensors keep the contract`() async throws {
            var options = ConformanceOptions()
            options.reopenings = 10
            // What a crowd reads is compared with what one has read before, and a machine's values move.
            options.crowdSize = 0
            let report = try await DriverConformance.run(
                SystemDriver(),
                profile: Example.systemSensors.url.path,
                options: options
            )
            #expect(report.breaches.isEmpty, "\(report)")
        }

        /// Options for a device that can be made to hang.
        private func options(_ device: RunningProgram, crowdSize: Int) -> ConformanceOptions {
            var options = ConformanceOptions()
            options.crowdSize = crowdSize
            let identifier = device.identifier
            options.takeAway = { _ in _ = kill(identifier, SIGSTOP) }
            options.bringBack = { _ in _ = kill(identifier, SIGCONT) }
            return options
        }
    }
}
