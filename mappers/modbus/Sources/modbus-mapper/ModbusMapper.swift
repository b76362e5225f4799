// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Logging
import MapperCommand
import ModbusDriver

/// Brings Modbus TCP and RTU devices into KubeEdge.
@main
enum ModbusMapper: MapperProgram {
    static let name = "modbus-mapper"
    static let abstract = "Brings Modbus TCP and RTU devices into KubeEdge."
    static let subcommands: [any AsyncParsableCommand.Type] = [PlanCommand.self, ScanCommand.self]

    static func makeDriver(logger: Logger) -> ModbusDriver { ModbusDriver(logger: logger) }
}
