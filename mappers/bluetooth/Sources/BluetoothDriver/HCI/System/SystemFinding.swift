// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one thing that was found out about the machine's Bluetooth.
public struct SystemFinding: Hashable, Sendable {
    /// Says how much it matters.
    public enum Severity: String, CaseIterable, Hashable, Sendable {
        /// As it should be.
        case fine
        /// Works, with a restriction or a danger.
        case warning
        /// Does not work.
        case fault
    }

    /// How much it matters.
    public var severity: Severity
    /// What was found, as a sentence.
    public var sentence: String
    /// What to do about it.
    public var cure: String?

    /// Creates a finding.
    public init(_ severity: Severity, _ sentence: String, cure: String? = nil) {
        self.severity = severity
        self.sentence = sentence
        self.cure = cure
    }
}
