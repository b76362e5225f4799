// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Counts from a moment on at an even pace until it has counted enough; everybody who knows it knows its count.
struct Counter: Hashable, Sendable {
    /// When it begins with 0, in seconds of ``Uptime``.
    var start: Double
    /// How long it stays at each count, in seconds.
    var step: Double
    /// The count that it stays at.
    var last: Int

    /// The count at a moment.
    func count(at now: Double) -> Int {
        min(max(Int(((now - start) / step).rounded(.down)), 0), last)
    }

    /// When a count begins.
    func moment(of count: Int) -> Double { start + Double(count) * step }
}
