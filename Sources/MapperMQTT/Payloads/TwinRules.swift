// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// What EdgeCore allows in names, values and types of twins, whatever its version.
enum TwinRules {
    /// Whether a byte may be part of a property's name or value: `^[a-zA-Z0-9-_.,:/@#]*$`.
    static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-_.,:/@#".utf8.contains(byte)
        }
    }

    /// Whether a property's name may be part of a report.
    static func isAllowed(name: String) -> Bool {
        (1...128).contains(name.utf8.count) && name.utf8.allSatisfy(isAllowed)
    }

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
