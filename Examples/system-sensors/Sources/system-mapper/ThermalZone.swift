// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is one place in the machine whose temperature the kernel knows.
struct ThermalZone: Sendable {
    private static let folder = "sys/class/thermal"

    /// The folder's name, `thermal_zone0`.
    let name: String
    /// What it is, in the words of its driver: `x86_pkg_temp`, `cpu-thermal`.
    let type: String

    /// All zones of a machine, in the kernel's order; none where the kernel has none.
    static func all(in files: SystemFiles) -> [ThermalZone] {
        files.names(in: folder).filter { $0.hasPrefix("thermal_zone") }
            .sorted { ($0.count, $0) < ($1.count, $1) }
            .compactMap { name in
                (try? files.text("\(folder)/\(name)/type")).map { ThermalZone(name: name, type: $0) }
            }
    }

    /// The zone of a type, or of a folder's name.
    /// - Throws: ``DeviceError`` that names those there are.
    static func find(_ wanted: String, in files: SystemFiles) throws -> ThermalZone {
        let zones = all(in: files)
        if let zone = zones.first(where: { $0.type == wanted || $0.name == wanted }) { return zone }
        let known = zones.map { "\($0.type) (\($0.name))" }.joined(separator: ", ")
        let others = known.isEmpty ? "this machine has none" : "there are \(known)"
        throw DeviceError(.rejected, "there is no thermal zone '\(wanted)': \(others)")
    }

    /// The temperature now, in degrees Celsius.
    func temperature(_ files: SystemFiles) throws -> Double {
        try files.number(0, in: "\(Self.folder)/\(name)/temp") / 1000
    }
}
