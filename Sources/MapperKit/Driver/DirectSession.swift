// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Is a device of a driver that needs no connection: it asks the driver each time, until it is closed.
public struct DirectSession<VisitorConfig: Decodable & Sendable>: DeviceSession {
    /// Is shared by all copies of a session.
    private final class End: Sendable {
        let hasCome = Mutex(false)

        func check() throws(DeviceError) {
            if hasCome.withLock({ $0 }) { throw DeviceError(.disconnected, "the device was closed") }
        }
    }

    private let end = End()
    private let reading: @Sendable (PropertyVisitor<VisitorConfig>) async throws -> Sample
    private let writing: @Sendable (PropertyValue, PropertyVisitor<VisitorConfig>) async throws -> Void

    init<Driver: DirectDriver>(driver: Driver, device: Device<Driver.ProtocolConfig, VisitorConfig>)
    where Driver.VisitorConfig == VisitorConfig {
        reading = { try await driver.read($0, of: device) }
        writing = { try await driver.write($0, to: $1, of: device) }
    }

    /// Has the driver read one property.
    /// - Throws: whatever the driver throws; ``DeviceError`` after ``close()``.
    public func read(_ visitor: PropertyVisitor<VisitorConfig>) async throws -> Sample {
        try end.check()
        return try await reading(visitor)
    }

    /// Has the driver write one property.
    /// - Throws: whatever the driver throws; ``DeviceError`` after ``close()``.
    public func write(_ value: PropertyValue, to visitor: PropertyVisitor<VisitorConfig>) async throws {
        try end.check()
        try await writing(value, visitor)
    }

    /// Asks the driver nothing any more.
    public func close() async {
        end.hasCome.withLock { $0 = true }
    }
}
