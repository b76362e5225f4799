// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// What EdgeCore allows as types of twins, whatever its version.
enum TwinRules {
    /// Whether a type may be part of a report: those that EdgeCore checks values by.
    static func isAllowed(type: String) -> Bool {
        ["string", "int", "integer", "float", "boolean"].contains(type)
    }

    /// The type to give a twin that the edge does not have yet.
    ///
    /// `integer` is refused before v1.7, `double` and `bytes` always; each has an equal that all versions take.
    static func typeForNewTwin(declared: String?, dataType: DataType) -> String {
        switch declared {
        case "int", "integer": "int"
        case "float", "double": "float"
        case "boolean": "boolean"
        case "string": "string"
        default: dataType.twinType
        }
    }
}
