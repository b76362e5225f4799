// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import SwiftProtobuf

/// Holds a value that EdgeCore stores; the only way into a report, so that no twin lacks one of its two sides.
///
/// EdgeCore answers OK before it checks, and drops what does not pass (`ValidateTwinKey` and `ValidateTwinValue`,
/// `edge/pkg/devicetwin/dtcommon/util.go` at v1.23.1); a twin without both sides ends it
/// (`edge/pkg/devicetwin/dmiserver/server.go`, the same version).
struct ReportedTwin: Sendable {
    /// Why a value cannot be reported.
    enum Refusal: Error, Hashable, Sendable {
        /// The property's name.
        case name
        /// The value's characters or length.
        case value

        /// What is wrong and what to do, as a sentence.
        var advice: String {
            switch self {
            case .name: "a twin's name has 1 to 128 letters, digits and -_.,:/@#; rename the property"
            case .value: "a twin takes at most 512 letters, digits and -_.,:/@#; make the property's type bytes"
            }
        }
    }

    private let name: String
    private let text: String
    private let observedDesired: String
    private let dataType: DataType
    private let acquiredAt: Timestamp

    /// Checks a property's value.
    ///
    /// Where the value is refused its fallback is taken; an observed desired value that is refused is left empty.
    init(_ name: String, _ value: TwinReport.Value) throws(Refusal) {
        guard TwinCharacters.isName(name) else { throw .name }
        let texts = [value.text, value.fallbackText].compactMap { $0 }
        guard let text = texts.first(where: { TwinCharacters.isValue($0) }) else { throw .value }
        self.name = name
        self.text = text
        observedDesired = value.observedDesired.flatMap { TwinCharacters.isValue($0) ? $0 : nil } ?? ""
        dataType = value.dataType
        acquiredAt = value.acquiredAt
    }

    /// Whether another one says the same, apart from the time.
    func says(_ other: ReportedTwin) -> Bool {
        text == other.text && observedDesired == other.observedDesired
    }

    /// Whether it says of another desired value than the one before it that it was applied, or that none is any more.
    func confirms(insteadOf other: ReportedTwin?) -> Bool { observedDesired != other?.observedDesired ?? "" }

    /// The twin as it is sent.
    ///
    /// EdgeCore keeps its own time and type instead of the metadata.
    var message: DMITwin {
        let metadata = ["type": dataType.rawValue, "timestamp": String(acquiredAt.milliseconds)]
        return DMITwin.with {
            $0.propertyName = name
            $0.observedDesired = .with {
                $0.value = observedDesired
                $0.metadata = metadata
            }
            $0.reported = .with {
                $0.value = text
                $0.metadata = metadata
            }
        }
    }
}
