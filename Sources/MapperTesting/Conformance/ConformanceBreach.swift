// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names a rule that a driver breaks, and how.
public struct ConformanceBreach: Hashable, Sendable, CustomStringConvertible {
    /// The rule.
    public var rule: ConformanceRule
    /// What was seen, one sentence each, with the device's name.
    public var sights: [String]

    /// Creates a breach.
    public init(_ rule: ConformanceRule, _ sights: [String]) {
        self.rule = rule
        self.sights = sights
    }

    /// The rule, what it demands, and what was seen.
    public var description: String { "\(rule): \(rule.demand); seen: \(sights.joined(separator: "; "))" }
}
