// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a place among those who listen to a radio.
struct Listening: Sendable {
    /// Gives the place up; nothing is heard after it has returned.
    let end: @Sendable () async -> Void
}
