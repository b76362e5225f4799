// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import BluetoothDriver
import MapperCommand

/// Is what was found out about a machine's Bluetooth, as text.
struct DoctorReport {
    /// The findings, in the order in which one depends on the other.
    let findings: [SystemFinding]

    /// Whether nothing is an error.
    var isHealthy: Bool { !findings.contains { $0.severity == .fault } }

    /// For people: a line each, the cure under it.
    var lines: [String] {
        findings.flatMap { finding in
            ["\(finding.severity.word): \(finding.sentence)"] + (finding.cure.map { ["  cure: \($0)"] } ?? [])
        }
    }

    /// For programs.
    var json: JSONText {
        let list = findings.map { finding in
            JSONText.object(
                [("severity", .string(finding.severity.word)), ("finding", .string(finding.sentence))]
                    + (finding.cure.map { [("cure", .string($0))] } ?? [])
            )
        }
        return .object([("healthy", .literal("\(isHealthy)")), ("findings", .array(list))])
    }
}

extension SystemFinding.Severity {
    fileprivate var word: String {
        switch self {
        case .fine: "ok"
        case .warning: "warning"
        case .fault: "error"
        }
    }
}
