// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Collects what is found wrong while files are read and checked.
///
/// A class because every part of the loader adds to the same list; it never leaves one call of the loader.
final class Findings {
    /// More than a person can use; a file that is wrong in every line must not cost memory without end.
    private static let limit = 1000

    private var diagnostics: [Diagnostic] = []
    private var leftOut = 0
    private var hasErrors = false

    func error(at location: SourceLocation?, _ message: String) {
        add(.error(at: location, message))
    }

    func warning(at location: SourceLocation?, _ message: String) {
        add(.warning(at: location, message))
    }

    func add(_ diagnostic: Diagnostic) {
        if diagnostic.severity == .error { hasErrors = true }
        guard diagnostics.count < Self.limit else {
            leftOut += 1
            return
        }
        diagnostics.append(diagnostic)
    }

    var containsErrors: Bool { hasErrors }

    /// The sentence part that suggests the nearest candidate; nothing where looking for it would take too long.
    func suggestion(for word: String, in candidates: @autoclosure () -> [String]) -> String {
        guard diagnostics.count < 100 else { return "" }
        let candidates = candidates()
        guard candidates.count <= 200 else { return "" }
        return Spelling.suggestion(for: word, in: candidates)
    }

    /// All findings in the order of the files and of the places in each.
    func inOrder(of files: [String]) -> [Diagnostic] {
        let ranks = Dictionary(files.enumerated().map { ($0.element, $0.offset + 1) }, uniquingKeysWith: min)
        let keyed = diagnostics.enumerated().map { index, diagnostic in
            let place = diagnostic.location
            let rank = place.flatMap { ranks[$0.file] } ?? 0
            return (key: [rank, place?.line ?? 0, place?.column ?? 0, index], diagnostic: diagnostic)
        }
        var ordered = keyed.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.diagnostic)
        if leftOut > 0 {
            let severity: Diagnostic.Severity = ordered.containsErrors || !hasErrors ? .warning : .error
            ordered.append(Diagnostic(severity, at: nil, "\(leftOut) more findings are not shown"))
        }
        return ordered
    }
}
