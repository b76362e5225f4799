// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// Speaks a line protocol: `GET name` and `SET name value` are answered by `OK value` or `ERR reason`.
public struct LineDriver: DeviceDriver {
    /// The keys of the protocol section.
    public struct ProtocolConfig: Decodable, Sendable {
        var host: String
        var port: UInt16
        /// How long the device may take for one answer, in milliseconds; 2000 unless it is given.
        var timeout: UInt16?
    }

    /// The keys of a visitor.
    public struct VisitorConfig: Decodable, Sendable {
        /// What the device calls the property.
        var name: String
    }

    /// What Device objects have as `protocolName`.
    public let protocolNames = ["line"]

    /// Creates a driver.
    public init() {}

    /// Connects to a device.
    public func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> Session {
        let config = device.config
        let timeout = Duration.milliseconds(config.timeout ?? 2000)
        return Session(connection: try LineConnection(to: config.host, config.port, timeout: timeout))
    }

    /// One device.
    public struct Session: DeviceSession {
        let connection: LineConnection

        /// Asks for a value.
        public func read(_ visitor: PropertyVisitor<VisitorConfig>) async throws -> Sample {
            // Text becomes what the model says it is, or an error that names it.
            Sample(.string(try value(after: "GET \(visitor.config.name)")))
        }

        /// Sets a value.
        public func write(_ value: PropertyValue, to visitor: PropertyVisitor<VisitorConfig>) async throws {
            _ = try self.value(after: "SET \(visitor.config.name) \(value.text)")
        }

        /// Hangs up.
        public func close() async { connection.close() }

        private func value(after question: String) throws -> String {
            let answer = try connection.ask(question)
            if answer.hasPrefix("OK ") { return String(answer.dropFirst(3)) }
            if answer.hasPrefix("ERR ") { throw DeviceError(.rejected, "\(question): \(answer.dropFirst(4))") }
            connection.hangUp()
            throw DeviceError(.malformedResponse, "\(question): '\(answer.prefix(40))' is neither OK nor ERR")
        }
    }
}
