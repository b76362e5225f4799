// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking
import Foundation

/// Finds the programs that benchmarks run.
enum Executables {
    static let mapper = BuildFolder.program("modbus-mapper")
    static let broker = URL(fileURLWithPath: "/usr/sbin/mosquitto")
}
