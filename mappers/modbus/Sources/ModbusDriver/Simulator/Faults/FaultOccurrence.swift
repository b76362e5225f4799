// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says when a fault shows.
enum FaultOccurrence: Hashable, Sendable {
    case always
    /// Now and then: one means always.
    case share(Double)
    /// At the end of each period, for some time.
    case periodic(Duration, each: Duration)

    /// Whether it shows at a moment.
    func holds(at elapsed: Duration, _ chance: inout SeededChance) -> Bool {
        switch self {
        case .always: true
        case .share(let share): Double.random(in: 0..<1, using: &chance) < share
        case .periodic(let active, let period): elapsed.remainder(dividingBy: period) >= period - active
        }
    }
}

extension Duration {
    /// What is left of a time after as many whole periods as fit.
    fileprivate func remainder(dividingBy period: Duration) -> Duration {
        self - period * Int((self / period).rounded(.down))
    }
}
