// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension UnitKnowledge {
    /// What is known, for people.
    var sentences: [String] {
        var sentences: [String] = []
        for table in RegisterTable.allCases {
            if let exception = missing(table)?.exception {
                sentences.append("there are no \(table.plural), \(exception)")
            }
            sentences += refusedGaps(in: table).map { "\(table.plural) \($0) cannot be read over" }
            sentences += borders(in: table).map { "no request can read \(table.plural) from before \($0) on" }
            sentences += refusals(in: table).map { refusal in
                let reason = refusal.exception.map { "are refused, \($0)" } ?? "get no answer while others do"
                return "\(table.plural) \(refusal.span) \(reason)"
            }
        }
        for table in [RegisterTable.holding, .coil] where cap(for: table) != .max {
            sentences.append("one request reads \(cap(for: table)) \(table.holdsBits ? "bits" : "registers") at most")
        }
        return sentences
    }
}
