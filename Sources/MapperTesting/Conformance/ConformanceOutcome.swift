// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what came of one rule.
public struct ConformanceOutcome: Hashable, Sendable {
    /// What came of a rule.
    public enum Verdict: Hashable, Sendable {
        /// It was tried and held.
        case kept
        /// It was broken; what was seen, one sentence each.
        case broken([String])
        /// It could not be tried; why.
        case notTried(String)
    }

    /// The rule.
    public var rule: ConformanceRule
    /// What came of it.
    public var verdict: Verdict

    /// Creates an outcome.
    public init(_ rule: ConformanceRule, _ verdict: Verdict) {
        self.rule = rule
        self.verdict = verdict
    }
}
