// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation

/// The generic thermostat of device-models, on ports of the test's own.
struct ThermostatProfile {
    /// One thermostat.
    struct Device {
        var name = "thermostat-01"
        var port: UInt16
        var unit = 1
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../device-models/generic-thermostat").standardizedFileURL

    /// The model's text.
    let model: String
    /// The text of all devices, one document each.
    let devices: String

    init(_ devices: [Device]) throws {
        model = try String(contentsOf: Self.folder.appending(path: "model.yaml"), encoding: .utf8)
        let pattern = try String(contentsOf: Self.folder.appending(path: "device.yaml"), encoding: .utf8)
        self.devices = devices.map { device in
            pattern.replacingOccurrences(of: "thermostat-01", with: device.name)
                .replacingOccurrences(of: "port: 1502", with: "port: \(device.port)")
                .replacingOccurrences(of: "slaveID: 1", with: "slaveID: \(device.unit)")
        }.joined(separator: "---\n")
    }

    /// Writes both into a folder.
    func write(to folder: ScratchFolder, _ path: String) throws {
        try folder.write(model, to: "\(path)/model.yaml")
        try folder.write(devices, to: "\(path)/device.yaml")
    }
}
