// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import MapperKit
import Synchronization

/// Speaks to thermostats on a board, which Linux shows as a folder of small files.
public struct ThermostatDriver: DeviceDriver {
    /// How to reach a device: the keys of `configData` in a Device's `protocol` section.
    public struct ProtocolConfig: Decodable, Sendable {
        /// The chip's folder, `/sys/class/hwmon/hwmon0` for one.
        public var folder: String
    }

    /// How to reach a property: the keys of `configData` in its `visitors` section.
    public struct VisitorConfig: Decodable, Sendable {
        /// The file with the value.
        public var file: String
    }

    /// The files hold whole thousandths of a degree.
    private static let thousandths = ValueTransform(scale: 0.001, decimals: 3)

    /// What Device objects have as `protocolName`.
    public let protocolNames = ["thermostat"]

    /// Creates a driver.
    public init() {}

    /// Looks whether the chip is there.
    public func open(_ device: Device<ProtocolConfig, VisitorConfig>) async throws -> ThermostatSession {
        guard FileManager.default.fileExists(atPath: device.config.folder) else {
            throw DeviceError(.unreachable, "there is no thermostat at \(device.config.folder)")
        }
        return ThermostatSession(folder: device.config.folder)
    }

    /// Makes degrees of what the files hold, and the other way round.
    public func transform(for visitor: VisitorConfig) -> ValueTransform { Self.thousandths }
}

/// Is one open thermostat; it is never called from two places at once.
public final class ThermostatSession: DeviceSession {
    private let folder: String
    private let isOpen = Atomic(true)

    init(folder: String) {
        self.folder = folder
    }

    /// Reads one property.
    public func read(_ visitor: PropertyVisitor<ThermostatDriver.VisitorConfig>) async throws -> Sample {
        let path = try path(of: visitor)
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw DeviceError(.unreachable, "\(path) cannot be read")
        }
        guard let thousandths = Int64(text.filter { !$0.isWhitespace }) else {
            throw DeviceError(.malformedResponse, "\(path) holds '\(text)', which is no whole number")
        }
        return Sample(.int(thousandths))
    }

    /// Writes one property; it is read back by itself.
    public func write(
        _ value: PropertyValue,
        to visitor: PropertyVisitor<ThermostatDriver.VisitorConfig>
    ) async throws {
        let path = try path(of: visitor)
        guard visitor.property.model.accessMode == .readWrite else {
            throw DeviceError(.rejected, "\(path) is what the thermostat measures")
        }
        try Data(value.text.utf8).write(to: URL(filePath: path))
    }

    /// Lets go of the device.
    public func close() async {
        isOpen.store(false, ordering: .relaxed)
    }

    /// The file of a property, as long as the session is open.
    private func path(of visitor: PropertyVisitor<ThermostatDriver.VisitorConfig>) throws -> String {
        guard isOpen.load(ordering: .relaxed) else { throw DeviceError(.disconnected, "\(folder) was closed") }
        return "\(folder)/\(visitor.config.file)"
    }
}
