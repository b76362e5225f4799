// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Marks settings that come from no file, so that complaints about them name where they do come from.
enum SettingSource {
    private static let marks = ["environment variable ", "option "]

    /// The place of a setting that comes from an environment variable.
    static func variable(_ name: String) -> SourceLocation {
        SourceLocation(file: marks[0] + name, line: 1, column: 1)
    }

    /// The place of a setting that comes from the command line.
    static func option(_ name: String) -> SourceLocation {
        SourceLocation(file: marks[1] + name, line: 1, column: 1)
    }

    /// The name of the environment variable or option that a setting comes from; `nil` for those from a file.
    static func name(at location: SourceLocation?) -> String? {
        guard let file = location?.file, let mark = marks.first(where: file.hasPrefix) else { return nil }
        return String(file.dropFirst(mark.count))
    }

    /// The finding without line and column where they mean nothing.
    static func naming(_ diagnostic: Diagnostic) -> Diagnostic {
        guard name(at: diagnostic.location) != nil, let file = diagnostic.location?.file else { return diagnostic }
        return Diagnostic(diagnostic.severity, at: nil, "\(file): \(diagnostic.message)")
    }
}
