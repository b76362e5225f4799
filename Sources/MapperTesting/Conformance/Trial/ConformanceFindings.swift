// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Collects what is seen of each rule, from many tasks.
final class ConformanceFindings: Sendable {
    private struct Finding {
        var wasTried = false
        var sights: [String] = []
        var reason: String?
    }

    /// More of them say nothing new.
    private static let mostSights = 5

    private let findings = Mutex<[ConformanceRule: Finding]>([:])

    /// Notes that a rule was tried; it is kept unless something else is seen.
    func tried(_ rule: ConformanceRule) {
        findings.withLock { $0[rule, default: Finding()].wasTried = true }
    }

    /// Notes that a rule is broken.
    func broken(_ rule: ConformanceRule, _ sight: String) {
        findings.withLock { findings in
            var finding = findings[rule] ?? Finding()
            if finding.sights.count < Self.mostSights, !finding.sights.contains(sight) { finding.sights.append(sight) }
            findings[rule] = finding
        }
    }

    /// Notes why a rule was not tried here; it may be elsewhere.
    func notTried(_ rule: ConformanceRule, _ reason: String) {
        findings.withLock { findings in
            var finding = findings[rule] ?? Finding()
            finding.reason = finding.reason ?? reason
            findings[rule] = finding
        }
    }

    /// Whether a rule is broken by now.
    func isBroken(_ rule: ConformanceRule) -> Bool {
        findings.withLock { $0[rule]?.sights.isEmpty == false }
    }

    var report: ConformanceReport {
        let findings = findings.withLock { $0 }
        return ConformanceReport(
            ConformanceRule.allCases.map { rule in
                let finding = findings[rule] ?? Finding()
                if !finding.sights.isEmpty { return ConformanceOutcome(rule, .broken(finding.sights)) }
                if finding.wasTried { return ConformanceOutcome(rule, .kept) }
                return ConformanceOutcome(rule, .notTried(finding.reason ?? "what comes before it failed"))
            }
        )
    }
}
