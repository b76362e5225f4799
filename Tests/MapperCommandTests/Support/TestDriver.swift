// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import MapperCommand
import MapperKit
import Synchronization

/// A protocol whose devices do what their configuration says.
struct TestDriver: DeviceSimulating {
    struct ProtocolConfig: Decodable, Sendable {
        /// `no` keeps the device from being opened; `hang` keeps a session from ever letting go.
        var answers: String?
    }

    struct VisitorConfig: Decodable, Sendable {
        var raw: Double
        var scale: Double?
        var fails: Bool?
        var refuses: Bool?
        var keeps: Bool?
    }

    struct Session: DeviceSession {
        typealias VisitorConfig = TestDriver.VisitorConfig

        private final class Memory: Sendable {
            let written = Mutex<[String: PropertyValue]>([:])
        }

        private let memory = Memory()

        func read(_ visitor: PropertyVisitor<VisitorConfig>) async throws -> Sample {
            if visitor.config.fails == true { throw DeviceError(.timedOut, "no answer\nat all") }
            let written = memory.written.withLock { $0[visitor.property.name] }
            return Sample(written ?? .double(visitor.config.raw), at: Timestamp(milliseconds: 1_764_000_000_000))
        }

        func write(_ value: PropertyValue, to visitor: PropertyVisitor<VisitorConfig>) async throws {
            if visitor.config.refuses == true { throw ValueError(.notRepresentable, "it counts in steps of 2") }
            if visitor.config.fails == true { throw DeviceError(.rejected, "illegal data address") }
            if visitor.config.keeps == false { return }
            memory.written.withLock { $0[visitor.property.name] = value }
        }
    }

    let protocolNames = ["test"]

    func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> Session {
        if device.config.answers == "no" { throw DeviceError(.unreachable, "connection refused by 10.0.0.9:502") }
        if device.config.answers == "hang" { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
        return Session()
    }

    func check(_ device: Device<ProtocolConfig, VisitorConfig>) -> [Diagnostic] {
        device.visitors.filter { $0.config.scale == 0 }.map { visitor in
            .error(at: visitor.location(of: "scale"), "a scale of 0 loses the value")
        }
    }

    func check(_ devices: [Device<ProtocolConfig, VisitorConfig>]) -> [Diagnostic] {
        let crowd = devices.filter { $0.config.answers == "crowd" }
        guard crowd.count > 1, let last = crowd.last else { return [] }
        return [.warning(at: last.location(of: "answers"), "\(crowd.count) devices are a crowd")]
    }

    func transform(for visitor: VisitorConfig) -> ValueTransform { ValueTransform(scale: visitor.scale ?? 1) }

    func simulate(
        _ devices: [Device<ProtocolConfig, VisitorConfig>],
        with options: SimulationOptions,
        ready: @Sendable ([String]) -> Void
    ) async throws {
        if options.port == 1 { throw DeviceError(.unreachable, "port 1 is taken") }
        ready(devices.map { "\($0.id) at port \(options.port ?? 502)" })
        try await Task.sleep(for: .seconds(3600))
    }
}

/// The same protocol without a simulation.
struct PlainDriver: DeviceDriver {
    private let driver = TestDriver()

    var protocolNames: [String] { driver.protocolNames }

    func open(_ device: Device<TestDriver.ProtocolConfig, TestDriver.VisitorConfig>) async throws -> TestDriver.Session
    {
        try await driver.open(device)
    }
}

enum TestMapper: MapperProgram {
    static let name = "test-mapper"
    static let version = "1.2.3"

    static func makeDriver(logger: Logger) -> TestDriver { TestDriver() }
}

enum PlainMapper: MapperProgram {
    static let name = "plain-mapper"

    static let subcommands: [any AsyncParsableCommand.Type] = [PlainCommand.self]

    static func makeDriver(logger: Logger) -> PlainDriver { PlainDriver() }
}

/// A subcommand that only one mapper has.
struct PlainCommand: Subcommand {
    static let configuration = CommandConfiguration(commandName: "plain", abstract: "Says something plain.")

    @Argument var word: String

    func execute(in context: CommandContext) async -> CommandStatus {
        context.console.print("plain \(word)")
        return .negative
    }
}
