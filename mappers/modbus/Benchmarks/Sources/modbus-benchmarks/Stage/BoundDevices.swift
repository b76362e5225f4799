// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking
import MapperKit
import MapperProfile
import ModbusDriver

/// Is a device in the driver's types.
typealias BoundDevice = Device<ModbusConnection, ModbusVisitor>

/// Reads a profile as the mapper does.
func boundDevices(_ path: String) throws -> [BoundDevice] {
    let (devices, diagnostics) = DriverBinding(ModbusDriver()).bind(try ProfileLoader().load([path]).profile)
    if let error = diagnostics.first(where: { $0.severity == .error }) { throw BenchmarkFailure("\(error)") }
    return devices
}
