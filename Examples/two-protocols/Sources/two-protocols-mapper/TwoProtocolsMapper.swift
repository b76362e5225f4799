// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperCommand
import MapperKit
import ModbusDriver

/// Brings Modbus devices and values in files into KubeEdge, in one process.
@main
enum TwoProtocolsMapper: MapperProgram {
    static let name = "two-protocols-mapper"
    static let abstract = "Brings Modbus devices and values in files into KubeEdge."

    static func makeDriver(logger: Logger) -> CombinedDriver<ModbusDriver, FileDriver> {
        CombinedDriver(ModbusDriver(logger: logger), FileDriver())
    }
}
