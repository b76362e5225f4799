// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit
import Synchronization

/// Computes its devices: no hardware, no network, and nothing that claims to be either.
public struct RoomDriver: DeviceDriver {
    /// The keys of the protocol section.
    public struct ProtocolConfig: Decodable, Sendable {
        /// The temperature outside, in degrees Celsius.
        var outside: Double
        /// The temperature inside at the beginning, in degrees Celsius.
        var start: Double
        /// How many seconds pass in the room in one second; 1 unless it is given.
        var speed: Int?
    }

    /// The keys of a visitor.
    public struct VisitorConfig: Decodable, Sendable {
        /// What of the room the property is.
        enum Quantity: String, Decodable, CaseIterable { case temperature, humidity, setpoint, heating, fan }

        var quantity: Quantity
    }

    /// What Device objects have as `protocolName`.
    public let protocolNames = ["virtual-room"]
    private let clock: any MapperClock

    /// Creates a driver.
    /// - Parameter clock: What drives the rooms; a test brings one that it moves by hand.
    public init(clock: any MapperClock = SystemClock()) { self.clock = clock }

    /// Begins with a new room.
    public func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> Session {
        Session(device.config, clock)
    }

    /// Finds numbers that make no room.
    public func check(_ device: Device<ProtocolConfig, VisitorConfig>) -> [Diagnostic] {
        let (config, temperatures) = (device.config, -60.0...60)
        var findings: [Diagnostic] = []
        for (key, value) in [("outside", config.outside), ("start", config.start)] where !temperatures.contains(value) {
            findings.append(.error(at: device.location(of: key), "'\(key)' is \(value), allowed is -60…60"))
        }
        if let speed = config.speed, !(1...3600).contains(speed) {
            findings.append(.error(at: device.location(of: "speed"), "'speed' is \(speed), allowed is 1…3600"))
        }
        return findings
    }

    /// MapperKit rounds what is read to tenths, and refuses desired values that are finer.
    public func transform(for visitor: VisitorConfig) -> ValueTransform { Self.tenths }

    private static let tenths = ValueTransform(decimals: 1)

    /// One room, which begins when it is opened.
    public final class Session: DeviceSession {
        private let room: Mutex<Room?>
        private let clock: any MapperClock
        private let opened: Duration
        private let speed: Int

        init(_ config: ProtocolConfig, _ clock: any MapperClock) {
            room = Mutex(Room(start: config.start, outside: config.outside))
            self.clock = clock
            opened = clock.uptime
            speed = config.speed ?? 1
        }

        /// Looks at the room as it is now.
        public func read(_ visitor: PropertyVisitor<VisitorConfig>) async throws -> Sample {
            let room = try now { $0 }
            return switch visitor.config.quantity {
            case .temperature: Sample(.double(room.temperature))
            case .humidity: Sample(.double(room.humidity))
            case .setpoint: Sample(.double(room.setpoint))
            case .heating: Sample(.boolean(room.isHeating))
            case .fan: Sample(.boolean(room.isFanOn))
            }
        }

        /// Sets what can be set in a room.
        public func write(_ value: PropertyValue, to visitor: PropertyVisitor<VisitorConfig>) async throws {
            switch (visitor.config.quantity, value) {
            case (.setpoint, _):
                guard let number = value.number else { throw refusal(of: value, visitor, "a number") }
                try now { $0.setpoint = number }
            case (.fan, .boolean(let isOn)): try now { $0.isFanOn = isOn }
            case (.fan, _): throw refusal(of: value, visitor, "true or false")
            case (.temperature, _), (.humidity, _), (.heating, _):
                throw DeviceError(.unsupported, "\(visitor.property.name) follows from the others and cannot be set")
            }
        }

        /// Takes the room away.
        public func close() async { room.withLock { $0 = nil } }

        /// Does something with the room as it is at this moment.
        private func now<Result: Sendable>(_ body: (inout Room) -> Result) throws -> Result {
            try room.withLock { room in
                guard var present = room else { throw DeviceError(.disconnected, "the room is not there any more") }
                present.pass(toSecond: Int((clock.uptime - opened) * speed / .seconds(1)))
                defer { room = present }
                return body(&present)
            }
        }

        private func refusal(
            of value: PropertyValue,
            _ visitor: PropertyVisitor<VisitorConfig>,
            _ allowed: String
        ) -> ValueError {
            ValueError(.typeMismatch, "\(visitor.property.name) takes \(allowed), not '\(value.text)'")
        }
    }
}
