// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names the faults as people write them, and says how.
enum FaultName: String, CaseIterable {
    case lose, refuse, silent, slow, absent, error, shift

    /// How it is written, without the word that says when.
    var form: String {
        switch self {
        case .lose: "lose=WHEN"
        case .refuse: "refuse=COUNT"
        case .silent, .absent: rawValue
        case .slow: "slow=TIME"
        case .error: "error=CODE UUID"
        case .shift: "shift=COUNT"
        }
    }

    /// What it does.
    var meaning: String {
        switch self {
        case .lose: "the link is lost, each time"
        case .refuse: "so many connections fail (0x3E)"
        case .silent: "requests are lost, nothing is told"
        case .slow: "answers take that long"
        case .absent: "the device is out of reach"
        case .error: "a characteristic is refused, code in hexadecimal"
        case .shift: "handles move by so many, Service Changed is told"
        }
    }
}
