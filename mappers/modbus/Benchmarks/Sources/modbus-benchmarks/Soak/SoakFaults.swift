// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Counts what befell the requests of a log.
struct SoakFaults {
    private(set) var requests = 0
    private(set) var counts: [String: Int] = [:]

    init(log: String) throws {
        try RequestRecord.forEach(in: log) { record in
            requests += 1
            for fault in record.faults { counts[String(fault), default: 0] += 1 }
        }
    }

    var total: Int { counts.values.reduce(0, +) }

    /// `drop 12, late 40`.
    var text: String { counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ") }
}
