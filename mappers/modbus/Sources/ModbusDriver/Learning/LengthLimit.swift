// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what is known about how much one request may read, for registers or for bits.
///
/// Between the longest request that was answered and the shortest that was refused the truth is looked for by halves,
/// with requests that are due anyway. What was refused is tried again after a long while.
struct LengthLimit: Hashable, Sendable {
    /// The longest that was answered.
    private(set) var proven = 0
    /// The shortest that was refused.
    private(set) var refused: Int?
    private var reprieve: Reprieve?

    /// How much to ask for at most.
    var cap: Int {
        guard let refused else { return .max }
        return max(proven, (proven + refused) / 2, 1)
    }

    mutating func answered(_ count: Int) {
        proven = max(proven, count)
        if let refused, count >= refused { (self.refused, reprieve) = (nil, nil) }
    }

    /// Notes a refusal.
    mutating func refuse(_ count: Int, now: Duration) {
        if reprieve == nil {
            reprieve = Reprieve(now: now, first: .seconds(600), longest: .seconds(86400))
        } else if refused == nil {
            reprieve?.refusedAgain(now: now)
        }
        refused = min(refused ?? count, count)
        proven = min(proven, count - 1)
    }

    /// Forgets what is due to be tried again; true when there was something.
    mutating func forgetOutdated(now: Duration) -> Bool {
        guard refused != nil, let reprieve, reprieve.due <= now else { return false }
        refused = nil
        return true
    }
}
