// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import Logging
import MapperDMI
import MapperKit
import MapperMQTT
import MapperProfile
import MapperTesting
import Synchronization
import Testing

@testable import mapperctl

extension EndToEndTests {
    /// A driver does not know how its mapper is linked to KubeEdge.
    @Suite(.serialized, .timeLimit(.minutes(2)))
    struct OneDriverTests {
        /// What came of a run.
        private struct Outcome: Equatable {
            /// The values reported first, by property.
            var reported: [String: String]
            /// What the setting was reported as when it had been set.
            var set: String
            var writes: [String]
            var racks: [String]
        }

        private static let device = "shelf-1"
        private static let values: [Int: PropertyValue] = [
            1: .int(-42), 2: .double(21.5), 3: .boolean(true), 4: .string("upper shelf"), 5: .int(3),
        ]
        /// A blank is nothing that EdgeCore keeps, by neither way.
        private static let expected = Outcome(
            reported: ["count": "-42", "level": "21.5", "locked": "true", "setting": "3"],
            set: "7",
            writes: ["5 = int(7)"],
            racks: ["left"]
        )

        @Test func `The same profile and driver do the same by MQTT and by DMI`() async throws {
            let folder = try ScratchFolder()
            try folder.write(Self.profile, to: "profile/shelf.yaml")
            let byMQTT = try await overMQTT(folder)
            let byDMI = try await overDMI(folder)
            #expect(byMQTT == Self.expected)
            #expect(byDMI == Self.expected)
        }

        private static let profile = """
            apiVersion: devices.kubeedge.io/v1beta1
            kind: DeviceModel
            metadata: {name: shelf}
            spec:
              protocol: shelf
              properties:
                - {name: count, type: INT, accessMode: ReadOnly}
                - {name: level, type: DOUBLE, accessMode: ReadOnly}
                - {name: locked, type: BOOLEAN, accessMode: ReadOnly}
                - {name: label, type: STRING, accessMode: ReadOnly}
                - {name: setting, type: INT, accessMode: ReadWrite, minimum: "0", maximum: "10"}
            ---
            apiVersion: devices.kubeedge.io/v1beta1
            kind: Device
            metadata: {name: \(device)}
            spec:
              deviceModelRef: {name: shelf}
              nodeName: edge-node
              protocol: {protocolName: shelf, configData: {rack: left}}
              properties:
            \(["count", "level", "locked", "label", "setting"].enumerated().map(property).joined())
            """

        private static func property(_ slot: Int, _ name: String) -> String {
            """
                - name: \(name)
                  collectCycle: 200
                  reportCycle: 200
                  reportToCloud: true
                  visitors: {protocolName: shelf, configData: {slot: \(slot + 1)}}

            """
        }

        private static var logger: Logger {
            var logger = Logger(label: "shelf-mapper")
            logger.logLevel = .critical
            return logger
        }

        /// Runs a mapper with the driver while a body runs.
        private func run(
            _ driver: ShelfDriver,
            _ link: any EdgeLink,
            _ body: () async throws -> (reported: [String: String], set: String)
        ) async throws -> Outcome {
            let mapper = Mapper(driver: driver, link: link, logger: Self.logger)
            let task = Task { try await mapper.run() }
            defer { task.cancel() }
            let (reported, set) = try await body()
            task.cancel()
            try await task.value
            let shelf = driver.shelf.value.withLock { $0 }
            return Outcome(reported: reported, set: set, writes: shelf.writes, racks: shelf.racks)
        }

        private func overMQTT(_ folder: ScratchFolder) async throws -> Outcome {
            let path = folder.url.appending(path: "profile").path
            let broker = try await Broker()
            let observer = try await Observer(broker.address)
            let edge = try await Programs(broker: broker.url, logs: folder.url).edge(path)
            let driver = ShelfDriver(Self.values)
            let check: @Sendable (DeviceProfile) -> [Diagnostic] = { DriverBinding(driver).bind($0).diagnostics }
            let link = try MQTTEdgeLink(
                configuration: MQTTConfiguration(server: broker.address),
                profilePaths: [path],
                initial: try MQTTEdgeLink.loadProfile([path], check: check).profile,
                check: check,
                concerns: { DriverBinding(driver).concerns($0) },
                logger: Self.logger
            )
            let reported: () -> [[String: String]] = {
                observer.messages(of: Self.device, "twin/update").map(\.reported)
            }
            let outcome = try await run(driver, link) {
                try await settled(reported) {
                    let topic = "$ke/mapperctl/cloud/\(Self.device)/desired"
                    try await observer.publish(#"{"setting":"7"}"#, on: topic)
                }
            }
            await observer.stop()
            edge.kill()
            return outcome
        }

        private func overDMI(_ folder: ScratchFolder) async throws -> Outcome {
            let socket = folder.url.appending(path: "dmi.sock").path
            let server = DMIServer(DMIServerOptions(socketPath: socket))
            try await server.start()
            var profile = try ProfileLoader().load([folder.url.appending(path: "profile").path]).profile
            server.put(profile)
            let driver = ShelfDriver(Self.values)
            let link = try DMIEdgeLink(
                configuration: DMIConfiguration(
                    edgeCoreSocket: socket,
                    mapperSocket: folder.url.appending(path: "shelf.sock").path,
                    name: "shelf-mapper",
                    version: "v1",
                    protocolName: "shelf"
                ),
                driverProtocol: "shelf",
                check: { DriverBinding(driver).bind($0).diagnostics },
                logger: Self.logger
            )
            let outcome = try await run(driver, link) {
                try await settled({ Self.reports(server) }) {
                    guard let index = profile.devices[0].properties.firstIndex(where: { $0.name == "setting" }) else {
                        return
                    }
                    profile.devices[0].properties[index].desired = "7"
                    server.put(profile)
                }
            }
            await server.stop()
            return outcome
        }

        private static func reports(_ server: DMIServer) -> [[String: String]] {
            server.history.now.requests.compactMap { entry in
                guard case .reportStatus(let request) = entry.request, entry.refusal == nil else { return nil }
                let twins = request.reportedDevice.twins.map { ($0.propertyName, $0.reported.value) }
                return Dictionary(twins) { _, last in last }
            }
        }

        /// Waits for all values, then sets one and waits until it is reported.
        private func settled(
            _ reports: () -> [[String: String]],
            _ desire: () async throws -> Void
        ) async throws -> (reported: [String: String], set: String) {
            func all() -> [String: String] {
                reports().reduce(into: [:]) { values, report in values.merge(report) { _, last in last } }
            }
            let wanted = Self.expected.reported
            try await eventually("all values") { wanted.keys.allSatisfy { all()[$0] != nil } }
            let reported = all()
            try await desire()
            try await eventually("the setting") { all()["setting"] != reported["setting"] }
            return (reported, all()["setting"] ?? "")
        }
    }
}
