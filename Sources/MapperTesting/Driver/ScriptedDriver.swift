// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit
import Synchronization

/// A driver whose devices do what a test tells them, over no protocol at all.
///
/// For tests of what is above a driver: a profile, an edge link, a mapper's options. Devices of protocol `scripted` are
/// its own; each is scripted by its identity:
///
///     let driver = ScriptedDriver()
///     driver[DeviceID("boiler")].set("temperature", .double(21.5))
///     try await withMapper(driver, profile: "device.yaml") { edge in
///         try await edge.expectReport("temperature", 21.5)
///         driver[DeviceID("boiler")].vanish()
///         try await edge.expectState(.offline)
///     }
///     #expect(driver[DeviceID("boiler")].writes.isEmpty)
public struct ScriptedDriver: DeviceDriver {
    /// The protocol section; a test changes the address to make a device differ from what it was.
    public struct ProtocolConfig: Decodable, Hashable, Sendable {
        /// Anything.
        public var address: String?
    }

    /// A property's visitor.
    public struct VisitorConfig: Decodable, Hashable, Sendable {
        /// What the raw number is multiplied by; 1 when absent.
        public var scale: Double?
        /// What is added after that; 0 when absent.
        public var offset: Double?
        /// By how much a number must differ to be reported again; 0 when absent.
        public var deadband: Double?
    }

    private final class Shelf: Sendable {
        let devices = Mutex<[DeviceID: ScriptedDevice]>([:])
    }

    private let shelf = Shelf()

    /// `scripted`.
    public let protocolNames = ["scripted"]

    /// Creates a driver without devices; they come into being when they are asked for.
    public init() {}

    /// The script of a device, the same one each time.
    public subscript(id: DeviceID) -> ScriptedDevice {
        shelf.devices.withLock { devices in
            if let device = devices[id] { return device }
            let device = ScriptedDevice(id)
            devices[id] = device
            return device
        }
    }

    /// Opens a device, as far as its script lets it.
    public func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> ScriptedSession {
        let script = self[device.id]
        try await script.open()
        return ScriptedSession(script)
    }

    /// Finds scales that are no scales.
    public func check(_ device: Device<ProtocolConfig, VisitorConfig>) -> [Diagnostic] {
        device.visitors.filter { $0.config.scale == 0 }.map { visitor in
            .error(at: visitor.location(of: "scale"), "a scale of 0 loses the value")
        }
    }

    /// The visitor's scale and offset.
    public func transform(for visitor: VisitorConfig) -> ValueTransform {
        ValueTransform(scale: visitor.scale ?? 1, offset: visitor.offset ?? 0)
    }

    /// The visitor's deadband.
    public func deadband(for visitor: VisitorConfig) -> Double { visitor.deadband ?? 0 }
}
