// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension String {
    /// The text for a log line: its first 300 characters, with "…" where something was cut.
    ///
    /// Counted in Unicode scalars, because one `Character` can be endless.
    var excerpt: String {
        guard let end = unicodeScalars.index(startIndex, offsetBy: 300, limitedBy: endIndex), end < endIndex else {
            return self
        }
        return String(self[..<end]) + "…"
    }
}
