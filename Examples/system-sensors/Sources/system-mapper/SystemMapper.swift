// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperCommand

/// Brings the gateway itself into KubeEdge.
@main
enum SystemMapper: MapperProgram {
    static let name = "system-mapper"
    static let abstract = "Brings a Linux gateway's own temperatures, load, memory and disks into KubeEdge."

    static func makeDriver(logger: Logger) -> SystemDriver { SystemDriver() }
}
