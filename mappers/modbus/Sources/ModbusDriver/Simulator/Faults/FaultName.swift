// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names the faults as people write them, and says how.
enum FaultName: String, CaseIterable {
    case latency, late, silent, drop, garble, exception, limit, illegal, lacks

    /// How it is written, without the word that says when.
    var form: String {
        switch self {
        case .latency: "latency=TIME, latency=TIME..TIME"
        case .late: "late, late=TIME"
        case .silent, .drop, .garble: rawValue
        case .exception: "exception=CODE"
        case .limit: "limit=COUNT"
        case .illegal: "illegal=TABLE ADDRESS, illegal=TABLE FIRST-LAST"
        case .lacks: "lacks=TABLE"
        }
    }

    /// What it does.
    var meaning: String {
        switch self {
        case .latency: "answers take that long"
        case .late: "answers come that much later (1s), behind the answers to later requests"
        case .silent: "requests are lost"
        case .drop: "connections are closed instead of an answer"
        case .garble: "answers are damaged: a wrong checksum, a wrong header on TCP"
        case .exception: "requests are refused with an exception, 1 to 11"
        case .limit: "more registers, or 16 times as many bits, are refused (exception 3)"
        case .illegal: "addresses are refused (exception 2)"
        case .lacks: "a table is refused (exception 1)"
        }
    }
}
