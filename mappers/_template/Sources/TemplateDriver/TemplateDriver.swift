// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// Speaks the protocol `template-protocol`.
public struct TemplateDriver: DeviceDriver {
    /// How to reach a device: the keys of `configData` in a Device's `protocol` section.
    public struct ProtocolConfig: Decodable, Sendable {
        /// The device's address.
        public var address: String
    }

    /// How to reach a property: the keys of `configData` in its `visitors` section.
    public struct VisitorConfig: Decodable, Sendable {
        /// What the device calls the value.
        public var item: String
    }

    /// What Device objects have as `protocolName`.
    public let protocolNames = ["template-protocol"]

    /// Creates a driver.
    public init() {}

    /// Connects to a device; called again, with growing pauses, until it succeeds.
    public func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> TemplateSession {
        // Connect to `device.config.address` here, and give the session what it needs to go on. Blocking is allowed.
        // Without an answer: throw DeviceError(.unreachable, "what was tried, and what came of it")
        TemplateSession()
    }
}

/// Is one open device; it is never called from two places at once.
public struct TemplateSession: DeviceSession {
    /// Reads one property.
    public func read(_ visitor: PropertyVisitor<TemplateDriver.VisitorConfig>) async throws -> Sample {
        // Read `visitor.config.item` here, and return what the device says: Sample(.double(21.5))
        throw DeviceError(.unsupported, "reading is not implemented by this driver yet")
    }

    /// Writes one property; returns when the device has accepted the value.
    public func write(_ value: PropertyValue, to visitor: PropertyVisitor<TemplateDriver.VisitorConfig>) async throws {
        // Write `value` to `visitor.config.item` here. It is read back by itself.
        throw DeviceError(.unsupported, "writing is not implemented by this driver yet")
    }

    /// Lets go of the device.
    public func close() async {
        // Disconnect here.
    }
}
