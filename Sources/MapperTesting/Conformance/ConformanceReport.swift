// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells how a driver keeps to what MapperKit relies on.
///
/// A test shows it where something is broken:
///
///     let report = try await DriverConformance.run(ThermostatDriver(), profile: "Tests/device.yaml")
///     #expect(report.breaches.isEmpty, "\(report)")
public struct ConformanceReport: Hashable, Sendable {
    /// One for each rule, in the order of the rules.
    public var outcomes: [ConformanceOutcome]

    /// Creates a report.
    public init(_ outcomes: [ConformanceOutcome]) {
        self.outcomes = outcomes
    }

    /// What is broken; empty for a driver that keeps every rule that could be tried.
    public var breaches: [ConformanceBreach] {
        outcomes.compactMap { outcome in
            guard case .broken(let sights) = outcome.verdict else { return nil }
            return ConformanceBreach(outcome.rule, sights)
        }
    }

    /// What could not be tried.
    public var untried: [ConformanceRule] {
        outcomes.compactMap { outcome in
            guard case .notTried = outcome.verdict else { return nil }
            return outcome.rule
        }
    }

    /// What came of one rule.
    public subscript(rule: ConformanceRule) -> ConformanceOutcome.Verdict {
        outcomes.first { $0.rule == rule }?.verdict ?? .notTried("the rule is unknown to this report")
    }
}

extension ConformanceReport: CustomStringConvertible {
    /// A table for people: a line for each rule, and what was seen below it.
    public var description: String {
        let width = outcomes.map(\.rule.id.count).max() ?? 0
        return outcomes.map { outcome in
            let rule = outcome.rule.id + String(repeating: " ", count: width - outcome.rule.id.count)
            let margin = "\n" + String(repeating: " ", count: width + 13)
            switch outcome.verdict {
            case .kept: return "\(rule)  kept       \(outcome.rule.demand)"
            case .broken(let sights):
                return "\(rule)  BROKEN     \(outcome.rule.demand)" + sights.map { "\(margin)\($0)" }.joined()
            case .notTried(let reason): return "\(rule)  not tried  \(outcome.rule.demand)\(margin)\(reason)"
            }
        }.joined(separator: "\n")
    }
}
