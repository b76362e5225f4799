// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperCommand

/// Is a mapper like any other, but for its devices, which are made up.
enum CountingMapper: MapperProgram {
    /// The subcommand by which this program is the mapper.
    static let command = "run"
    static let name = "dmi-benchmarks"

    static func makeDriver(logger: Logger) -> CountingDriver { CountingDriver() }
}
