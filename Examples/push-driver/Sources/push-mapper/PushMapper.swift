// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperCommand

/// Brings sources into KubeEdge that send by themselves.
@main
enum PushMapper: MapperProgram {
    static let name = "push-mapper"

    static func makeDriver(logger: Logger) -> PushDriver { PushDriver() }
}
