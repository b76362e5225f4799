// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Knows whether a beacon is near, and how near, from when and how strongly it was heard.
///
/// It has no clock: every time is told to it, on any clock that only goes forward.
struct BeaconPresence: Hashable, Sendable {
    /// After this long without being heard the beacon is absent.
    let timeout: Duration
    /// How long a change of the signal takes to show for the most part in the smoothed one.
    let smoothing: Duration
    /// When it was heard last.
    private(set) var lastSeen: Duration?
    /// The strength it was heard with last, in dBm.
    private(set) var rssi: Int?
    /// The strength without the noise of single packets, in dBm.
    private(set) var smoothedRSSI: Double?

    /// Creates one that was not heard yet.
    init(timeout: Duration, smoothing: Duration = .seconds(5)) {
        self.timeout = timeout
        self.smoothing = smoothing
    }

    /// When the beacon becomes absent if it is not heard any more; `nil` when it was never heard.
    var absentFrom: Duration? { lastSeen.map { $0 + timeout } }

    /// Whether the beacon is near.
    func isPresent(at uptime: Duration) -> Bool { absentFrom.map { uptime < $0 } ?? false }

    /// Takes an advertisement; a strength that the adapter did not tell leaves the known one.
    mutating func heard(rssi: Int?, at uptime: Duration) {
        let elapsed = lastSeen.map { max(uptime - $0, .zero) }
        // One that was away comes back somewhere else.
        if !isPresent(at: uptime) { smoothedRSSI = nil }
        lastSeen = max(lastSeen ?? uptime, uptime)
        guard let rssi else { return }
        self.rssi = rssi
        guard let smoothed = smoothedRSSI, let elapsed else {
            smoothedRSSI = Double(rssi)
            return
        }
        // Longer silences give the new packet more weight; packets at the same moment still count a little.
        let weight = max(elapsed / (elapsed + max(smoothing, .nanoseconds(1))), 0.05)
        smoothedRSSI = smoothed + (Double(rssi) - smoothed) * weight
    }
}
