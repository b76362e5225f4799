// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names the faults as people write them, and says how.
enum FaultName: String, CaseIterable {
    case latency, late, silent, drop, garble, exception, limit, illegal, lacks

    /// How it is written, without the word that says when.
    var form: String {
        switch self {
        case .latency: "latency=TIME[..TIME]"
        case .late: "late[=TIME]"
        case .silent, .drop, .garble: rawValue
        case .exception: "exception=CODE"
        case .limit: "limit=COUNT"
        case .illegal: "illegal=TABLE FIRST[-LAST]"
        case .lacks: "lacks=TABLE"
        }
    }

    /// What it does.
    var meaning: String {
        switch self {
        case .latency: "answers take that long"
        case .late: "answers are overtaken by later ones (1s)"
        case .silent: "requests are lost"
        case .drop: "connections end, serial requests are lost"
        case .garble: "answers arrive with one bit inverted"
        case .exception: "requests are refused with exception 1…11"
        case .limit: "more registers get exception 3, 16 bits are one"
        case .illegal: "addresses get exception 2"
        case .lacks: "a table gets exception 1"
        }
    }
}
