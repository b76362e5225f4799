// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how values come from a device: the key `mode` of a protocol section.
public enum ConnectionMode: String, CaseIterable, Hashable, Sendable, Decodable {
    /// The mapper connects to it and asks.
    case connection
    /// The mapper listens to what it says to everybody, and never connects.
    case advertisement
}
