// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Moves a simulated peripheral's characteristics as its profile says.
struct ProfileMotion: Sendable {
    /// How often values change, and subscribers are told.
    static let interval = Duration.seconds(1)

    /// The characteristics that move, by the position of their value among the table's values.
    let plans: [(position: Int, plan: CharacteristicPlan)]

    /// Which of its values is the one at a moment, counted from 0.
    func step(at time: Duration) -> Int { Int((time / Self.interval).rounded(.down)) }
}
