// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import MapperKit
import MapperProfile
@testable import MapperTesting

/// One thermostat, a broker, an edge and a mapper, all real programs, with an observer beside them.
final class Stage {
    static let device = "thermostat-01"

    let folder: ScratchFolder
    let broker: Broker
    /// The names of the device's properties.
    let properties: Set<String>
    /// Counts what the mapper asks the device, where a test wants to know.
    let relay: CountingRelay?
    private(set) var observer: Observer
    private var earlier: [SeenMessage] = []
    private(set) var simulator: RunningProgram
    private(set) var edge: RunningProgram
    private(set) var mapper: RunningProgram

    /// Returns when every property of the device is reported and the edge has taken it in.
    init(countsRequests: Bool = false) async throws {
        folder = try ScratchFolder()
        broker = try await Broker()
        observer = try await Observer(broker.address)
        let port = try LoopbackSocket.freePort()
        relay = countsRequests ? try CountingRelay(to: port) : nil
        try ThermostatProfile([ThermostatProfile.Device(port: port)]).write(to: folder, "profile")
        try ThermostatProfile([ThermostatProfile.Device(port: relay?.port ?? port)]).write(to: folder, "mapped")
        let programs = Programs(broker: broker.url, logs: folder.url)
        let profile = folder.url.appending(path: "profile").path
        let devices = try ProfileLoader().load([profile]).profile.devices
        properties = Set(devices.flatMap { $0.properties.map(\.name) })
        simulator = try await programs.simulator(profile)
        edge = try await programs.edge(profile)
        mapper = try programs.mapper(folder.url.appending(path: "mapped").path)
        try await eventually("all values", evidence: evidence) {
            let documents = observer.messages(of: Self.device, "twin/update/document")
            let known = documents.reduce(into: Set<String>()) { names, document in
                names.formUnion(
                    document.json?["twin"]?.members?.filter { $0.value["current"]?["actual"] != nil }.keys
                        .map(\.self) ?? []
                )
            }
            return known == properties && observer.states(of: Self.device).last == "online"
        }
    }

    var profile: String { folder.url.appending(path: "profile").path }

    /// What the programs have said last.
    var evidence: String { [mapper, simulator, edge].map(\.tail).joined(separator: "\n") }

    private var programs: Programs { Programs(broker: broker.url, logs: folder.url) }

    func restartSimulator() async throws { simulator = try await programs.simulator(profile) }

    /// Puts a new observer, which has seen nothing, in the place of the one there is.
    func replaceObserver() async throws {
        earlier += observer.messages()
        await observer.stop()
        observer = try await Observer(broker.address)
    }

    func restartEdge() async throws { edge = try await programs.edge(profile) }

    /// Wants a value as somebody does who edits the Device object; returns when the edge has taken it.
    func desire(_ property: String, _ value: String) async throws {
        let topic = "$ke/mapperctl/cloud/\(Self.device)/desired"
        let start = observer.count
        try await observer.publish("{\"\(property)\":\"\(value)\"}", on: topic)
        try await eventually("the edge takes \(property) = \(value)", evidence: evidence) {
            observer.messages(since: start).contains { $0.topic == topic + "/result" && $0.json?["reason"] == nil }
        }
    }

    /// Waits until a value is reported.
    func reported(_ property: String, _ value: String, since start: Int) async throws {
        try await eventually("\(property) is reported as '\(value)'", evidence: evidence) {
            observer.reports(of: property, Self.device, since: start).contains(value)
        }
    }

    /// What the device itself holds, asked without the mapper.
    func held(_ property: String) async throws -> String? {
        let arguments = ["read", Self.device, property, "--profile", profile, "--json"]
        let reader = try RunningProgram("read", Executables.mapper, arguments, logs: folder.url)
        guard try await reader.exitCode(within: .seconds(10)) == 0 else { return nil }
        let answer = try JSONParser.parse(Array(reader.output.utf8)).value
        switch answer["properties"]?[property]?["value"] {
        case .string(let text)?, .number(let text)?: return text
        case .boolean(let value)?: return "\(value)"
        default: return nil
        }
    }

    /// Changes what the device holds, without the mapper.
    /// - Returns: the exit code.
    func write(_ property: String, _ value: String) async throws -> Int32 {
        let arguments = ["write", Self.device, property, value, "--profile", profile]
        let writer = try RunningProgram("write", Executables.mapper, arguments, logs: folder.url)
        return try await writer.exitCode(within: .seconds(10))
    }

    /// What the mapper's log says of values written, of one property or of all.
    func writes(of property: String = "") -> [String] {
        mapper.lines(with: "device=\(Self.device) written ", "property=\(property)")
    }

    /// The rules broken by what was published so far.
    func breaches() async throws -> [String] {
        let retained = try await Observer.retained(at: broker.address)
        return PublishedMessageRules.breaches(earlier + observer.messages() + retained)
    }
}
