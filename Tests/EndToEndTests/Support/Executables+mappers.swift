// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ProgramTesting

extension Executables {
    static let mapper = named("modbus-mapper")
    static let bluetoothMapper = named("bluetooth-mapper")
    static let twoProtocols = named("two-protocols-mapper")
}
