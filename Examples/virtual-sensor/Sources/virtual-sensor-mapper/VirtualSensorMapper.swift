// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperCommand

/// Brings computed rooms into KubeEdge.
@main
enum VirtualSensorMapper: MapperProgram {
    static let name = "virtual-sensor-mapper"
    static let abstract = "Brings rooms into KubeEdge that are computed and exist nowhere."

    static func makeDriver(logger: Logger) -> RoomDriver { RoomDriver() }
}
