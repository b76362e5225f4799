// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Holds a value that EdgeCore accepts for a twin of a given type; there is no other way into a report.
///
/// One value it does not accept makes EdgeCore refuse the whole message, so everything is checked before.
struct TwinText: Hashable, Sendable {
    /// Why a value cannot be sent.
    enum Refusal: Error, Hashable, Sendable {
        /// A property's name that no twin can have.
        case name
        /// A character outside letters, digits and `-_.,:/@#`, or more than 512 of them.
        case characters
        /// The value does not fit the type that the twin has at the edge.
        case type(String)

        /// What is wrong and what to do, as a sentence.
        var advice: String {
            switch self {
            case .name: "a twin's name has 1 to 128 letters, digits and -_.,:/@#; rename the property"
            case .characters:
                "a twin takes at most 512 letters, digits and -_.,:/@#; "
                    + "make the property's type bytes, or send it as telemetry"
            case .type(let type):
                "the twin's type is \(type); make the Device's desired.metadata.type and the model agree"
            }
        }
    }

    /// The twin's type, to be named in the message.
    let type: String
    /// The value.
    let text: String

    /// Checks a value as EdgeCore does (`ValidateTwinValue` and `ValidateValue` in `edge/pkg/devicetwin/dtcommon/util.go`).
    init(_ text: String, twinType type: String) throws(Refusal) {
        guard TwinCharacters.isValue(text) else { throw .characters }
        guard Self.fits(text, type) else { throw .type(type) }
        self.type = type
        self.text = text
    }

    private static func fits(_ text: String, _ type: String) -> Bool {
        switch type {
        case "int", "integer": Int64(text) != nil
        case "float": isFloat(text)
        case "boolean": text == "true" || text == "false"
        case "string": true
        default: false
        }
    }

    private static func isFloat(_ text: String) -> Bool {
        guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), let value = Double(text) else {
            return ["nan", "inf", "-inf", "infinity", "-infinity"].contains(text.lowercased())
        }
        return value.isFinite
    }
}
