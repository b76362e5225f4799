// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Looks for several peripherals at a time: a radio is looked through once for all who miss one.
final class PeerSearch: Sendable {
    /// Looks through a radio for a while, and ends when the closure says that it is enough.
    typealias Look =
        @Sendable (_ isEnough: @escaping @Sendable (DiscoveredPeer) -> Bool) async throws(DeviceError) -> Void

    private typealias Continuation = CheckedContinuation<Result<Peer, DeviceError>, Never>

    private struct Missing {
        var wanted: WantedPeer
        var continuation: Continuation
    }

    private struct State {
        var lastID = 0
        var missing: [Int: Missing] = [:]
        /// Whether somebody is looking.
        var isRunning = false
    }

    private let state = Mutex(State())
    private let clock: any MapperClock
    private let look: Look

    init(clock: any MapperClock, look: @escaping Look) {
        self.clock = clock
        self.look = look
    }

    /// Finds a peripheral.
    /// - Throws: ``DeviceError`` when it was not heard in time, or the radio cannot be looked through.
    func find(_ wanted: WantedPeer, within limit: Duration) async throws(DeviceError) -> Peer {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        let deadline = clock.uptime + limit
        let timer = Task { [clock, weak self] in
            guard (try? await clock.sleep(untilUptime: deadline)) != nil else { return }
            self?.end(id, .failure(DeviceError(.unreachable, "\(wanted) was not heard within \(limit)")))
        }
        defer { timer.cancel() }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { $0.missing[id] = Missing(wanted: wanted, continuation: continuation) }
                runIfNeeded()
                // The handler may have run before there was anything to end.
                if Task.isCancelled { cancel(id, wanted) }
            }
        } onCancel: {
            cancel(id, wanted)
        }
        return try result.get()
    }

    private func cancel(_ id: Int, _ wanted: WantedPeer) {
        end(id, .failure(DeviceError(.cancelled, "looking for \(wanted): cancelled")))
    }

    private func end(_ id: Int, _ result: Result<Peer, DeviceError>) {
        let missing = state.withLock { $0.missing.removeValue(forKey: id) }
        missing?.continuation.resume(returning: result)
    }

    private func runIfNeeded() {
        let isFirst = state.withLock { state in
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if isFirst { Task { await run() } }
    }

    /// Looks as long as somebody misses something.
    private func run() async {
        while hasWork() {
            do throws(DeviceError) {
                try await look { [weak self] peer in self?.found(peer) ?? true }
            } catch {
                fail(error)
            }
        }
    }

    private func hasWork() -> Bool {
        state.withLock { state in
            state.isRunning = !state.missing.isEmpty
            return state.isRunning
        }
    }

    /// - Returns: whether nobody misses anything any more.
    private func found(_ discovered: DiscoveredPeer) -> Bool {
        guard let kind = discovered.peer.kind else { return state.withLock(\.missing.isEmpty) }
        let address = discovered.peer.address
        let data = AdvertisementData(parsing: discovered.data)
        let (finders, isEnough) = state.withLock { state -> ([Missing], Bool) in
            let ids = state.missing.filter { $0.value.wanted.matches(address, kind, data) }.keys
            return (ids.compactMap { state.missing.removeValue(forKey: $0) }, state.missing.isEmpty)
        }
        for finder in finders { finder.continuation.resume(returning: .success(Peer(address: address, kind: kind))) }
        return isEnough
    }

    private func fail(_ error: DeviceError) {
        let all = state.withLock { state in
            defer { state.missing = [:] }
            return Array(state.missing.values)
        }
        for missing in all { missing.continuation.resume(returning: .failure(error)) }
    }
}
