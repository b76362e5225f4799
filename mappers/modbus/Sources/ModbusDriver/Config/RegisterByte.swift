// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says which byte of a register an `int8` or `uint8` is: the key `byte` of a visitor.
public enum RegisterByte: String, CaseIterable, Hashable, Sendable, Decodable {
    /// The most significant byte.
    case high
    /// The least significant byte.
    case low
}
