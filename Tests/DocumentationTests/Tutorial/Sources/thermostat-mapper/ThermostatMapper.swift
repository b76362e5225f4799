// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperCommand
import ThermostatDriver

/// Brings devices of the protocol `thermostat` into KubeEdge.
@main
enum ThermostatMapper: MapperProgram {
    static let name = "thermostat-mapper"
    static let abstract = "Brings devices of the protocol 'thermostat' into KubeEdge."

    static func makeDriver(logger: Logger) -> ThermostatDriver { ThermostatDriver() }
}
