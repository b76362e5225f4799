// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperDMI
import MapperProfile
import MapperTesting
import Testing

@testable import mapperctl

extension EndToEndTests {
    /// The example: a Modbus device and a folder of files, by one process.
    @Suite(.serialized, .timeLimit(.minutes(2)))
    struct TwoProtocolsTests {
        private static let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Examples/two-protocols").standardizedFileURL

        private let folder: ScratchFolder
        private var profile: String { folder.url.appending(path: "profile").path }
        private var fan: URL { folder.url.appending(path: "fan") }

        /// The example's profile, with a port and a folder of the test's own.
        init() throws {
            folder = try ScratchFolder()
            let port = try LoopbackSocket.freePort()
            for name in ["boiler.yaml", "fan.yaml"] {
                let file = Self.example.appending(path: "profile/\(name)")
                let text = try String(contentsOf: file, encoding: .utf8)
                    .replacingOccurrences(of: "port: 1502", with: "port: \(port)")
                    .replacingOccurrences(of: "folder: /tmp/fan-01", with: "folder: \(fan.path)")
                try folder.write(text, to: "profile/\(name)")
            }
            try folder.write("900\n", to: "fan/speed")
            try folder.write("true\n", to: "fan/running")
        }

        /// Runs a command of the example to its end.
        private func run(_ arguments: String...) async throws -> (output: String, exitCode: Int32) {
            let program = try RunningProgram("example", Executables.twoProtocols, arguments, logs: folder.url)
            let exitCode = try await program.exitCode(within: .seconds(30))
            return (program.output, exitCode)
        }

        private func speed() throws -> String {
            try String(contentsOf: fan.appending(path: "speed"), encoding: .utf8)
        }

        @Test func `Devices of both protocols are reported and set; one that is gone disturbs no other`()
            async throws
        {
            let broker = try await Broker()
            let observer = try await Observer(broker.address)
            let programs = Programs(broker: broker.url, logs: folder.url)
            let simulator = try await programs.simulator(profile)
            let edge = try await programs.edge(profile)
            let mapper = try Programs(broker: broker.url, logs: folder.url, executable: Executables.twoProtocols)
                .mapper(profile)
            func evidence() -> String { [mapper, edge, simulator].map(\.tail).joined(separator: "\n") }

            try await eventually("the fan's values", evidence: evidence()) {
                observer.reports(of: "speed", "fan-01").last == "900"
                    && observer.reports(of: "running", "fan-01").last == "true"
            }
            try await eventually("the boiler's values", evidence: evidence()) {
                Double(observer.reports(of: "temperature", "boiler-01").last ?? "").map { (20...90).contains($0) }
                    ?? false
            }
            try await observer.publish(#"{"speed":"1200"}"#, on: "$ke/mapperctl/cloud/fan-01/desired")
            try await observer.publish(#"{"setpoint":"55.5"}"#, on: "$ke/mapperctl/cloud/boiler-01/desired")
            try await eventually("both desired values", evidence: evidence()) {
                observer.reports(of: "speed", "fan-01").last == "1200"
                    && observer.reports(of: "setpoint", "boiler-01").last == "55.5"
            }
            #expect(try speed() == "1200\n")

            try FileManager.default.removeItem(at: fan)
            try await eventually("the fan is offline", evidence: evidence()) {
                observer.states(of: "fan-01").last == "offline"
            }
            let start = observer.count
            try await eventually("the boiler goes on", evidence: evidence()) {
                !observer.reports(of: "temperature", "boiler-01", since: start).isEmpty
            }
            #expect(observer.states(of: "boiler-01").last == "online")
            mapper.send(SIGTERM)
            #expect(try await mapper.exitCode(within: .seconds(10)) == 0)
            await observer.stop()
            withExtendedLifetime((simulator, edge)) {}
        }

        @Test func `What the README says of validate, read, write and call is so`() async throws {
            let readme = try String(contentsOf: Self.example.appending(path: "README.md"), encoding: .utf8)
            let simulator = try await Programs(broker: "", logs: folder.url).simulator(profile)
            defer { simulator.kill() }
            let validated = try await run("validate", "--strict", profile)
            #expect(validated.exitCode == 0)
            #expect(readme.contains("    " + validated.output))
            let read = try await run("read", "fan-01", "--profile", profile)
            #expect(read.exitCode == 0, "\(read.output)")
            // Without the times.
            for line in read.output.split(separator: "\n").map({ $0.prefix(22) }) { #expect(readme.contains(line)) }
            let written = try await run("write", "boiler-01", "setpoint", "55.5", "--profile", profile)
            #expect(written.exitCode == 0, "\(written.output)")
            #expect(readme.contains("    " + written.output))
            let called = try await run("call", "fan-01", "adjust", "speed", "1200", "--profile", profile)
            #expect(called.exitCode == 0, "\(called.output)")
            #expect(readme.contains("    " + called.output))
            #expect(try speed() == "1200\n")
        }

        @Test func `By DMI it asks which of its protocols it is for`() async throws {
            let socket = folder.url.appending(path: "dmi.sock").path
            let refused = try await run("run", "--dmi", socket)
            #expect(refused.exitCode == 78)
            #expect(
                refused.output.contains(
                    "'common.protocol' is missing, and by DMI EdgeCore sends a mapper the devices of one protocol: "
                        + "this mapper speaks modbus, file; start it once for each"
                ),
                "\(refused.output)"
            )
        }

        @Test func `By DMI a process for each protocol has the devices of its own`() async throws {
            let socket = folder.url.appending(path: "dmi.sock").path
            let server = DMIServer(DMIServerOptions(socketPath: socket))
            try await server.start()
            server.put(try ProfileLoader().load([profile]).profile)
            let simulator = try await Programs(broker: "", logs: folder.url).simulator(profile)
            let mappers = try ["modbus", "file"].map { name in
                let config = """
                    common: {name: \(name)-example, protocol: \(name), edgecore_sock: \(socket)}
                    grpc_server: {socket_path: \(folder.url.appending(path: "\(name).sock").path)}
                    """
                try folder.write(config, to: "\(name).yaml")
                let file = folder.url.appending(path: "\(name).yaml").path
                return try RunningProgram(name, Executables.twoProtocols, ["run", "--config", file], logs: folder.url)
            }
            func reported() -> [String: Set<String>] {
                server.history.now.requests.reduce(into: [:]) { devices, entry in
                    guard case .reportStatus(let request) = entry.request, entry.refusal == nil else { return }
                    devices[request.deviceName, default: []].formUnion(request.reportedDevice.twins.map(\.propertyName))
                }
            }
            let expected: [String: Set<String>] = [
                "boiler-01": ["temperature", "setpoint"], "fan-01": ["speed", "running"],
            ]
            try await eventually("all values", evidence: mappers.map(\.tail).joined(separator: "\n")) {
                reported() == expected
            }
            for mapper in mappers {
                mapper.send(SIGTERM)
                #expect(try await mapper.exitCode(within: .seconds(10)) == 0)
            }
            #expect(mappers[0].lines(with: "device=fan-01").isEmpty)
            #expect(mappers[1].lines(with: "device=boiler-01").isEmpty)
            simulator.kill()
            await server.stop()
        }
    }
}
