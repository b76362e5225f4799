// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what is wrong, or doubtful, at one place of the configuration.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    /// How much a finding matters.
    public enum Severity: String, Hashable, Sendable {
        /// The configuration cannot be used.
        case error
        /// The configuration is used, but probably not as its author meant it.
        case warning
    }

    /// Whether the configuration can be used in spite of it.
    public var severity: Severity
    /// Where it was found; `nil` for what has no place in a file.
    public var location: SourceLocation?
    /// What is wrong, and what is allowed instead.
    public var message: String

    /// Creates a finding.
    public init(_ severity: Severity, at location: SourceLocation?, _ message: String) {
        self.severity = severity
        self.location = location
        self.message = message
    }

    /// Creates an error.
    public static func error(at location: SourceLocation?, _ message: String) -> Diagnostic {
        Diagnostic(.error, at: location, message)
    }

    /// Creates a warning.
    public static func warning(at location: SourceLocation?, _ message: String) -> Diagnostic {
        Diagnostic(.warning, at: location, message)
    }

    /// One line: `file:line:column: error: message`.
    public var description: String {
        let place = location.map { "\($0): " } ?? ""
        return "\(place)\(severity.rawValue): \(message)"
    }
}

extension Sequence where Element == Diagnostic {
    /// Whether any finding makes the configuration unusable.
    public var containsErrors: Bool { contains { $0.severity == .error } }
}
