// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Passes advertisements on to those they concern.
final class AirListeners: Sendable {
    typealias Hear = @Sendable (Advertisement) -> Void

    private struct Listener {
        var wanted: WantedPeer
        var hear: Hear
    }

    private struct State {
        var lastID = 0
        var listeners: [Int: Listener] = [:]
        /// Those that name an address, by it; there may be many, and most advertisements concern none of them.
        var addressed: [BluetoothAddress: Set<Int>] = [:]
        var searching: Set<Int> = []
        var advertisers = Advertisers()
        var assembly = AdvertisementAssembly()
    }

    private let state = Mutex(State())
    private let clock: any MapperClock

    init(clock: any MapperClock) {
        self.clock = clock
    }

    /// Adds one who listens.
    /// - Returns: what ``remove(_:)`` takes.
    func add(_ wanted: WantedPeer, _ hear: @escaping Hear) -> Int {
        state.withLock { state in
            state.lastID += 1
            state.listeners[state.lastID] = Listener(wanted: wanted, hear: hear)
            if let address = wanted.address {
                state.addressed[address, default: []].insert(state.lastID)
            } else {
                state.searching.insert(state.lastID)
            }
            return state.lastID
        }
    }

    /// Takes one out.
    func remove(_ id: Int) {
        state.withLock { state in
            guard let listener = state.listeners.removeValue(forKey: id) else { return }
            state.searching.remove(id)
            guard let address = listener.wanted.address else { return }
            state.addressed[address]?.remove(id)
            if state.addressed[address]?.isEmpty == true { state.addressed[address] = nil }
        }
    }

    /// Takes what a scanner reports: the parameters of an LE Meta event, from the subevent's code on.
    func hear(_ parameters: [UInt8]) {
        let event = [0x3E, UInt8(truncatingIfNeeded: parameters.count)] + parameters
        let now = clock.uptime
        for report in HCIAdvertisingReport.reports(in: event) {
            let (advertisement, concerned) = state.withLock { Self.take(report, &$0, now) }
            guard let advertisement else { continue }
            for listener in concerned { listener.hear(advertisement) }
        }
    }

    /// Completes an advertisement, and finds those it concerns: by what its sender has said of itself in this one or
    /// earlier ones, as name and values rarely have room in one packet.
    private static func take(
        _ report: HCIAdvertisingReport,
        _ state: inout State,
        _ now: Duration
    ) -> (Advertisement?, [Listener]) {
        let ids = state.searching.union(state.addressed[report.address] ?? [])
        guard !ids.isEmpty, let whole = state.assembly.add(report, at: now) else { return (nil, []) }
        let known = state.searching.isEmpty ? whole.data : state.advertisers.note(whole)
        let listeners = ids.compactMap { state.listeners[$0] }
        return (whole, listeners.filter { $0.wanted.matches(whole.address, whole.kind, known) })
    }
}
