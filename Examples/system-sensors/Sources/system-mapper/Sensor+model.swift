// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension Sensor {
    /// What kind of value it has.
    var dataType: DataType {
        switch self {
        case .memoryTotal, .memoryAvailable, .diskTotal, .diskAvailable, .uptime: .int
        case .temperature, .cpu, .load1, .load5, .load15, .memoryUsed, .diskUsed: .float
        }
    }

    /// The unit of its values.
    var unit: String? {
        switch self {
        case .temperature: "degree Celsius"
        case .cpu, .memoryUsed, .diskUsed: "percent"
        case .memoryTotal, .memoryAvailable, .diskTotal, .diskAvailable: "B"
        case .uptime: "s"
        case .load1, .load5, .load15: nil
        }
    }
}
