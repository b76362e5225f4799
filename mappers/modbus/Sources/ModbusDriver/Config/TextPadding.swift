// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what fills the rest of the registers when a text is written: the key `padding` of a visitor.
///
/// When a text is read, both are taken off.
public enum TextPadding: String, CaseIterable, Hashable, Sendable, Decodable {
    /// Zeros.
    case nul
    /// Spaces.
    case space
}
