// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names the parity bit of a serial character, in KubeEdge's words.
public enum Parity: String, CaseIterable, Hashable, Sendable, Decodable {
    /// No parity bit.
    case none
    /// The number of ones is made even.
    case even
    /// The number of ones is made odd.
    case odd

    /// The letter libmodbus and people use: `N`, `E`, `O`.
    var letter: Character {
        switch self {
        case .none: "N"
        case .even: "E"
        case .odd: "O"
        }
    }
}
