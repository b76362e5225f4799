// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Carries every problem of a configuration that cannot be used.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// All findings, errors and warnings, in the order of the files.
    public var diagnostics: [Diagnostic]

    /// Creates an error from findings, of which at least one is an error.
    public init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    /// One finding a line.
    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
