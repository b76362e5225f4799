// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Finds out when an adapter hangs: no attempt to connect succeeds, for long, and nothing is connected.
///
/// Some kernels keep a failed attempt for ever and make no other after it; some controllers stop answering. Switching
/// the adapter off and on helps against both, and costs nothing where nothing is connected.
struct AdapterHealth: Hashable, Sendable {
    private static let fewestFailures = 10
    private static let shortestTime = Duration.seconds(300)
    private static let pauseBetweenCures = Duration.seconds(1800)

    private var links = 0
    private var failures = 0
    private var failingSince: Duration?
    private var lastCure: Duration?

    /// Takes note of a new link.
    mutating func connected() {
        links += 1
        (failures, failingSince) = (0, nil)
    }

    /// Takes note of a link's end.
    mutating func disconnected() {
        links = max(links - 1, 0)
        // Time that passed while something was connected says nothing.
        (failures, failingSince) = (0, nil)
    }

    /// Takes note of an attempt in which nobody was heard.
    /// - Returns: whether the adapter should be switched off and on now.
    mutating func failed(at now: Duration) -> Bool {
        guard links == 0 else { return false }
        failures += 1
        let since = failingSince ?? now
        failingSince = since
        guard failures >= Self.fewestFailures, now - since >= Self.shortestTime,
            lastCure.map({ now - $0 >= Self.pauseBetweenCures }) ?? true
        else { return false }
        (failures, failingSince, lastCure) = (0, nil, now)
        return true
    }
}
