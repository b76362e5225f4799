// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Keeps what a bus has learnt, for the bus that serves the same line after it.
struct BusMemory: Sendable {
    var backoff = ReconnectBackoff()
    var line = LineState()
    var identity: SerialIdentity
    /// When the last transaction ended, and which unit it was for.
    var lastEnd: ContinuousClock.Instant?
    var lastUnit: UInt8?

    init(ports: SerialPorts) {
        identity = SerialIdentity(directory: ports.identities)
    }

    /// How long the bus still has to rest before a transaction.
    func rest(before transaction: Transaction, at now: ContinuousClock.Instant) -> Duration {
        guard let lastEnd, let lastUnit else { return .zero }
        let pause =
            lastUnit == transaction.unit ? transaction.pause : max(transaction.pause, transaction.switchPause)
        return pause - lastEnd.duration(to: now)
    }
}
