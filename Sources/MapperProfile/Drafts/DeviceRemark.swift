// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Something about a property that is worth one warning for its device, however many properties it concerns.
struct DeviceRemark {
    /// What is remarkable.
    enum Kind: CaseIterable {
        /// Nothing says whether the value is reported.
        case unsaid
        /// The file says that the value is not reported.
        case kept
        /// The value is to be pushed somewhere.
        case pushing
    }

    var kind: Kind
    var name: String
    var location: SourceLocation?

    init(_ kind: Kind, _ name: String, at location: SourceLocation?) {
        self.kind = kind
        self.name = name
        self.location = location
    }

    /// Makes the warnings, each at the first property it concerns.
    static func warn(about remarks: [DeviceRemark], _ subject: String, _ findings: Findings) {
        for kind in Kind.allCases {
            let matching = remarks.filter { $0.kind == kind }
            guard let first = matching.first else { continue }
            findings.warning(at: first.location, "\(subject): \(kind.sentence(about: list(matching)))")
        }
    }

    private static func list(_ remarks: [DeviceRemark]) -> String {
        let names = remarks.prefix(5).map { "'\($0.name)'" }.joined(separator: ", ")
        return remarks.count > 5 ? "\(names) and \(remarks.count - 5) more" : names
    }
}

extension DeviceRemark.Kind {
    fileprivate func sentence(about names: String) -> String {
        switch self {
        case .unsaid:
            "no 'reportToCloud' at \(names): reported all the same, although KubeEdge's own mappers would not; write true or false to say which you mean"
        case .kept: "'reportToCloud' is false at \(names): read, but reported to nobody"
        case .pushing: "'pushMethod' at \(names): not supported yet, values go to the twin only"
        }
    }
}
