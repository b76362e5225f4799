// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says whether something is done, or leaves it to what the device offers: the keys `notify` and `acknowledge`.
public enum AutomaticSwitch: String, CaseIterable, Hashable, Sendable, Decodable {
    /// As the characteristic allows.
    case auto
    /// Always.
    case on
    /// Never.
    case off
}
