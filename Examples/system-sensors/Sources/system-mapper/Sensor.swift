// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names what can be known about a Linux machine; README.md has the units.
enum Sensor: String, Decodable, CaseIterable {
    case temperature
    case cpu
    case load1 = "load-1"
    case load5 = "load-5"
    case load15 = "load-15"
    case memoryTotal = "memory-total"
    case memoryAvailable = "memory-available"
    case memoryUsed = "memory-used"
    case diskTotal = "disk-total"
    case diskAvailable = "disk-available"
    case diskUsed = "disk-used"
    case uptime

    /// The key of the visitor that goes with it.
    var key: String? {
        switch self {
        case .temperature: "zone"
        case .diskTotal, .diskAvailable, .diskUsed: "path"
        default: nil
        }
    }
}
