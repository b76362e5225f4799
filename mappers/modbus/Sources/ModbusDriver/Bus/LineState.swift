// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Keeps what a line is known for; outlives the file through which the line is open.
struct LineState {
    /// When anything was on the line last.
    var lastActivity = ContinuousClock.now
    /// How long the line must have been silent before the next request.
    ///
    /// At first somebody else's request may still be under way.
    var requiredSilence = Duration.milliseconds(100)
    /// Whether the line gives back what is sent, as some adapters do.
    var echoes = false
    /// What each unit is known for.
    var units: [UInt8: UnitPace] = [:]
}
