// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what becomes of the RTS line while a request is sent, for adapters that switch their direction by it.
public enum RTSMode: String, CaseIterable, Hashable, Sendable, Decodable {
    /// It is left alone.
    case none
    /// It is raised.
    case up
    /// It is lowered.
    case down
}
