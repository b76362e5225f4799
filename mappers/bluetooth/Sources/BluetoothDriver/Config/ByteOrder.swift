// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says which byte of a value comes first: the key `byteOrder` of a visitor.
public enum ByteOrder: String, CaseIterable, Hashable, Sendable, Decodable {
    /// The least significant, as everything that the Bluetooth SIG defines.
    case little
    /// The most significant.
    case big
}
