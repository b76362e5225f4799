// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import MapperKit

/// Is one open thermostat; it is never called from two places at once.
public struct ThermostatSession: DeviceSession {
    let folder: String

    /// Reads one property.
    public func read(_ visitor: PropertyVisitor<ThermostatDriver.VisitorConfig>) async throws -> Sample {
        let path = "\(folder)/\(visitor.config.file)"
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
        try Data(value.text.utf8).write(to: URL(filePath: "\(folder)/\(visitor.config.file)"))
    }
}
