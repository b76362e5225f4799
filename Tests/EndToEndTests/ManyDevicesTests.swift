// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import Testing

extension EndToEndTests {
    /// One mapper with thirty devices, a third of which never answers.
    @Suite(.serialized, .timeLimit(.minutes(2)))
    struct ManyDevicesTests {
        private static let window = Duration.seconds(15)

        @Test func `Devices that hang take nothing from the others`() async throws {
            let folder = try ScratchFolder()
            let broker = try await Broker()
            let observer = try await Observer(broker.address)
            let ports = try [LoopbackSocket.freePort(), LoopbackSocket.freePort()]
            let healthy = (1...20).map { number in
                ThermostatProfile.Device(name: "healthy-\(number)", port: ports[number % 2], unit: number)
            }
            let listeners = try (1...10).map { _ in try SilentListener() }
            let hanging = listeners.enumerated().map { index, listener in
                ThermostatProfile.Device(name: "hanging-\(index + 1)", port: listener.port)
            }
            try ThermostatProfile(healthy).write(to: folder, "healthy")
            try ThermostatProfile(healthy + hanging).write(to: folder, "all")
            let programs = Programs(broker: broker.url, logs: folder.url)
            let simulator = try await programs.simulator(folder.url.appending(path: "healthy").path)
            let edge = try await programs.edge(folder.url.appending(path: "all").path)
            let mapper = try programs.mapper(folder.url.appending(path: "all").path)
            try await eventually("20 online, 10 offline", within: .seconds(30), evidence: mapper.tail) {
                healthy.allSatisfy { observer.states(of: $0.name) == ["online"] }
                    && hanging.allSatisfy { observer.states(of: $0.name) == ["offline"] }
            }

            let start = observer.count
            let before = try ProcessFigures(of: mapper.identifier)
            // The time over which reports are counted.
            try await Task.sleep(for: Self.window)
            let after = try ProcessFigures(of: mapper.identifier)
            let counts = healthy.map { observer.reports(of: "temperature", $0.name, since: start).count }
            let expected = Double(Self.window.components.seconds)
            #expect(counts.allSatisfy { Double($0) >= expected * 0.9 }, "\(counts)")
            #expect(hanging.allSatisfy { observer.states(of: $0.name) == ["offline"] })
            #expect(healthy.allSatisfy { observer.states(of: $0.name) == ["online"] })
            #expect(simulator.isRunning && edge.isRunning && mapper.isRunning)
            #expect(PublishedMessageRules.breaches(observer.messages()) == [])
            report(counts, before, after)
            withExtendedLifetime(listeners) {}
        }

        private func report(_ counts: [Int], _ before: ProcessFigures, _ after: ProcessFigures) {
            let sorted = counts.sorted()
            let cpu = after.cpu - before.cpu
            print(
                """
                ManyDevicesTests: 30 devices, 20 healthy on 2 buses, 10 that accept and never answer, \(Self.window)
                ManyDevicesTests: reports of each healthy device: min \(sorted[0]), median \(sorted[sorted.count / 2]), \
                max \(sorted[sorted.count - 1])
                ManyDevicesTests: mapper's processor time \(cpu) (\(Int(cpu / Self.window * 100)) % of a core), resident \
                memory \(after.residentKilobytes) kB
                """
            )
        }
    }
}
