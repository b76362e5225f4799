// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProgramTesting

/// One example's mapper, a broker and the developer's edge, all real programs.
final class ExampleStage {
    /// How the mapper is linked to the edge.
    enum Link: CaseIterable { case mqtt, dmi }

    let folder: ScratchFolder
    let broker: Broker
    let mapper: RunningProgram
    let profile: String
    private let edge: RunningProgram
    private let twin: String

    /// Returns when all is started.
    /// - Parameters:
    ///   - changes: What stands in for what the example's profile says.
    init(_ example: Example, device: String, _ changes: [String: String] = [:], link: Link = .mqtt) async throws {
        folder = try ScratchFolder()
        broker = try await Broker()
        profile = try example.writeProfile(to: folder, changes)
        let program = Executables.named(example.program)
        let (path, url) = (folder.url.path, broker.url)
        switch link {
        case .mqtt:
            twin = device
            let arguments = ["edge", "--mqtt", url, "--profile", profile]
            edge = try RunningProgram("edge", Executables.control, arguments, logs: folder.url)
            try await edge.said("ready: ")
            mapper = try RunningProgram(
                "mapper",
                program,
                ["run", "--mqtt", url, "--profile", profile],
                logs: folder.url
            )
        case .dmi:
            twin = "default/\(device)"
            let arguments = ["edge", "--dmi", "\(path)/dmi.sock", "--mqtt", url, "--profile", profile, "--strict"]
            edge = try RunningProgram("edge", Executables.control, arguments, logs: folder.url)
            try await edge.said("serving: ")
            try folder.write("grpc_server: {socket_path: \(path)/mapper.sock}\n", to: "config.yaml")
            mapper = try RunningProgram(
                "mapper",
                program,
                ["run", "--dmi", "\(path)/dmi.sock", "--config", "\(path)/config.yaml"],
                logs: folder.url
            )
        }
    }

    /// What the programs have said last.
    var evidence: String { [mapper, edge].map(\.tail).joined(separator: "\n") }

    /// What the edge says is reported of a property.
    func reported(_ property: String) async throws -> String? {
        let arguments = ["twin", "get", twin, "--mqtt", broker.url, "--json"]
        let answer = try await Outcome(Executables.control, arguments, in: folder)
        guard answer.code == 0 else { return nil }
        struct Row: Decodable {
            let property: String
            let reported: String?
        }
        let rows = try JSONDecoder().decode([Row].self, from: Data(answer.output.utf8))
        return rows.first { $0.property == property }?.reported
    }

    /// Waits until the edge says that a value is reported.
    func reports(_ property: String, _ wanted: (String) -> Bool) async throws {
        try await eventually("\(property) as wanted", within: .seconds(30), evidence: evidence) {
            try await reported(property).map(wanted) ?? false
        }
    }

    /// Waits until the edge says that a value is reported.
    func reports(_ property: String, _ value: String) async throws { try await reports(property) { $0 == value } }

    /// Sets a desired value as the cloud does.
    /// - Returns: what `mapperctl` made of it; its code is 0 when the value came back as reported.
    func desire(_ property: String, _ value: String) async throws -> Outcome {
        let arguments = ["twin", "set", twin, property, value, "--mqtt", broker.url, "--timeout", "20"]
        return try await Outcome(Executables.control, arguments, in: folder)
    }

    /// Waits until the mapper says that the device is in a state.
    func isNow(_ state: String) async throws {
        try await eventually("the device is \(state)", within: .seconds(40), evidence: evidence) {
            lastState == state
        }
    }

    /// The state that the mapper's log told last.
    private var lastState: String? {
        mapper.lines(with: "device=").compactMap { line in
            line.contains(" offline, ") ? "offline" : line.contains(" online") ? "online" : nil
        }.last
    }
}
