// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperCommand
import TemplateDriver

/// Brings devices of the protocol `template-protocol` into KubeEdge.
@main
enum TemplateMapper: MapperProgram {
    static let name = "template-mapper"
    static let abstract = "Brings devices of the protocol 'template-protocol' into KubeEdge."

    static func makeDriver(logger: Logger) -> TemplateDriver { TemplateDriver() }
}
