// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import Testing

extension EndToEndTests {
    /// A profile that a real CloudCore wrote, on a simulated device.
    @Suite(.serialized, .timeLimit(.minutes(1)))
    struct FixtureRunTests {
        private static let fixtures = ProcessInfo.processInfo.environment["MAPPERKIT_FIXTURES"]
        private static let printsMessages = ProcessInfo.processInfo.environment["MAPPERKIT_PRINT_MESSAGES"] != nil
        private let device = "modbustcp-device"

        @Test(.enabled(if: fixtures != nil, "MAPPERKIT_FIXTURES is not set"))
        func `A ConfigMap of KubeEdge v1.12 runs`() async throws {
            let folder = try ScratchFolder()
            let broker = try await Broker()
            let observer = try await Observer(broker.address)
            try folder.write(profile(port: LoopbackSocket.freePort()), to: "deviceProfile.json")
            let path = folder.url.appending(path: "deviceProfile.json").path
            let programs = Programs(broker: broker.url, logs: folder.url)
            let simulator = try await programs.simulator(path)
            let edge = try await programs.edge(path)
            let mapper = try programs.mapper(path)
            try await eventually("both twins", evidence: mapper.tail + edge.tail) {
                observer.states(of: device) == ["online"]
                    && !observer.reports(of: "temperature", device).isEmpty
                    && !observer.reports(of: "temperature-enable", device).isEmpty
            }
            mapper.send(SIGTERM)
            #expect(try await mapper.exitCode(within: .seconds(5)) == 0)
            #expect(simulator.isRunning && edge.isRunning)
            let retained = try await Observer.retained(at: broker.address)
            #expect(PublishedMessageRules.breaches(observer.messages() + retained) == [])
            if Self.printsMessages { for message in observer.messages() { print(message.topic, message.payload) } }
        }

        /// The profile with the device where the simulator is.
        private func profile(port: UInt16) throws -> String {
            let root = URL(fileURLWithPath: try #require(Self.fixtures))
            let file = root.appending(path: "kubeedge/generated/v1.12.0-modbus-tcp-deviceProfile.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            let address = "\"ip\":\"192.168.33.1\",\"port\":502"
            try #require(text.contains(address))
            return text.replacingOccurrences(of: address, with: "\"ip\":\"127.0.0.1\",\"port\":\(port)")
        }
    }
}
