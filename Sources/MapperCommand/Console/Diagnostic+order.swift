// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension Sequence where Element == Diagnostic {
    /// The findings in the order of files, lines and columns, those without a place first, each once.
    var sortedByPlace: [Diagnostic] {
        var seen = Set<Diagnostic>()
        return enumerated().sorted { left, right in
            let (a, b) = (left.element.location, right.element.location)
            return (a?.file ?? "", a?.line ?? 0, a?.column ?? 0, left.offset)
                < (b?.file ?? "", b?.line ?? 0, b?.column ?? 0, right.offset)
        }.map(\.element).filter { seen.insert($0).inserted }
    }

    /// How many there are of each kind: `2 errors, 1 warning`; what there is none of is left out.
    var countText: String {
        let errors = count { $0.severity == .error }
        let warnings = count { $0.severity == .warning }
        let parts = [errors > 0 ? errors.counted("error") : nil, warnings > 0 ? warnings.counted("warning") : nil]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}

extension Int {
    /// The number with a noun: `1 error`, `2 errors`.
    func counted(_ noun: String) -> String {
        let plural = noun.hasSuffix("y") ? noun.dropLast() + "ies" : noun + "s"
        return "\(self) \(self == 1 ? noun : plural)"
    }
}
