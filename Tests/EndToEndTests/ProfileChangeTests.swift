// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import Testing

extension EndToEndTests {
    /// The profile changes under a running mapper.
    @Suite(.serialized, .timeLimit(.minutes(2)))
    struct ProfileChangeTests {
        private let folder: ScratchFolder
        private let broker: Broker
        private let observer: Observer
        private let port: UInt16

        init() async throws {
            folder = try ScratchFolder()
            broker = try await Broker()
            observer = try await Observer(broker.address)
            port = try LoopbackSocket.freePort()
        }

        @Test func `Devices come and go while the others go on, and a broken profile changes nothing`() async throws {
            let programs = Programs(broker: broker.url, logs: folder.url)
            let all = try files(["stays", "goes", "comes"])
            let simulator = try await programs.simulator(ConfigMapFolder("all", in: folder, all).path)
            let mounted = try ConfigMapFolder("mounted", in: folder, files(["stays", "goes"]))
            let edge = try await programs.edge(mounted.path)
            let mapper = try programs.mapper(mounted.path)
            try await online(["stays", "goes"], mapper)

            let change = observer.count
            try mounted.replace(files(["stays", "comes"]))
            try await eventually("what is gone is unknown", evidence: mapper.tail) {
                observer.states(of: "goes", since: change).last == "unknown"
            }
            edge.send(SIGHUP)
            try await online(["comes"], mapper)
            try await goesOn("stays", mapper, since: change)

            let breakage = observer.count
            var broken = try files(["stays", "comes"])
            broken["device.yaml"] = broken["device.yaml"]?.replacingOccurrences(of: "offset: 2", with: "offset: two")
            try mounted.replace(broken)
            try await mapper.said("the profile on disk is refused")
            let complaints = mapper.output.matches(of: /device\.yaml:\d+:\d+: error: .*/).map { String($0.output) }
            print("ProfileChangeTests: \(complaints)")
            #expect(complaints.count == 2, "one for each device")
            try await goesOn("stays", mapper, since: breakage)
            try await goesOn("comes", mapper, since: breakage)

            #expect(observer.states(of: "stays") == ["online"])
            #expect(observer.states(of: "comes") == ["online"])
            #expect(observer.states(of: "goes") == ["online", "unknown"])
            let gap = longestGap("stays")
            print("ProfileChangeTests: longest gap between reports of a device that stays: \(gap)")
            #expect(gap < .milliseconds(2500))
            #expect(mapper.isRunning && simulator.isRunning && edge.isRunning)
            #expect(PublishedMessageRules.breaches(observer.messages()) == [])
        }

        /// Files for some of the three devices, each always with the same unit.
        private func files(_ names: [String]) throws -> [String: String] {
            let units = ["stays": 1, "goes": 2, "comes": 3]
            let profile = try ThermostatProfile(
                names.map { ThermostatProfile.Device(name: $0, port: port, unit: units[$0] ?? 0) }
            )
            return ["model.yaml": profile.model, "device.yaml": profile.devices]
        }

        private func online(_ devices: [String], _ mapper: RunningProgram) async throws {
            try await eventually("\(devices) online", evidence: mapper.tail) {
                devices.allSatisfy {
                    observer.states(of: $0).last == "online" && !observer.reports(of: "temperature", $0).isEmpty
                }
            }
        }

        private func goesOn(_ device: String, _ mapper: RunningProgram, since start: Int) async throws {
            try await eventually("four reports of \(device)", evidence: mapper.tail) {
                observer.reports(of: "temperature", device, since: start).count >= 4
            }
        }

        private func longestGap(_ device: String) -> Duration {
            let times = observer.messages(of: device, "twin/update").filter { $0.reported["temperature"] != nil }
                .map(\.time)
            return zip(times, times.dropFirst()).map { $1 - $0 }.max() ?? .zero
        }
    }
}
