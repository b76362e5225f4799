// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a device of a driver that needs no connection: it asks the driver each time.
public struct DirectSession<VisitorConfig: Decodable & Sendable>: DeviceSession {
    private let reading: @Sendable (PropertyVisitor<VisitorConfig>) async throws -> Sample
    private let writing: @Sendable (PropertyValue, PropertyVisitor<VisitorConfig>) async throws -> Void

    init<Driver: DirectDriver>(driver: Driver, device: Device<Driver.ProtocolConfig, VisitorConfig>)
    where Driver.VisitorConfig == VisitorConfig {
        reading = { try await driver.read($0, of: device) }
        writing = { try await driver.write($0, to: $1, of: device) }
    }

    /// Has the driver read one property.
    /// - Throws: whatever the driver throws.
    public func read(_ visitor: PropertyVisitor<VisitorConfig>) async throws -> Sample {
        try await reading(visitor)
    }

    /// Has the driver write one property.
    /// - Throws: whatever the driver throws.
    public func write(_ value: PropertyValue, to visitor: PropertyVisitor<VisitorConfig>) async throws {
        try await writing(value, visitor)
    }
}
