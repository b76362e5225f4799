// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperCommand

/// Brings devices into KubeEdge that speak lines of text over TCP.
@main
enum LineMapper: MapperProgram {
    static let name = "line-mapper"

    static func makeDriver(logger: Logger) -> LineDriver { LineDriver() }
}
