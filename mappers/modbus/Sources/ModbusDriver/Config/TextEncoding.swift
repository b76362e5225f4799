// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how characters stand in registers: the key `encoding` of a visitor.
public enum TextEncoding: String, CaseIterable, Hashable, Sendable, Decodable {
    /// Two bytes of UTF-8 a register.
    case utf8
    /// Two characters a register, of the 128 that ASCII has.
    case ascii
    /// Two characters a register, of the 256 that ISO 8859-1 has.
    case latin1
    /// One unit of UTF-16 a register.
    case utf16
}

extension TextEncoding {
    /// The name people use.
    var name: String {
        switch self {
        case .utf8: "UTF-8"
        case .ascii: "ASCII"
        case .latin1: "Latin-1"
        case .utf16: "UTF-16"
        }
    }
}
