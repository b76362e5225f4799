// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import Synchronization

/// Has advertisements heard as long as somebody listens, also after the radio was away.
final class AirScan: Sendable {
    /// Opens an ear.
    ///
    /// Its first closure takes the parameters of LE Meta events, from the subevent's code on; the second is called when
    /// the ear hears nothing any more.
    typealias Open =
        @Sendable (
            _ report: @escaping @Sendable ([UInt8]) -> Void,
            _ closed: @escaping @Sendable () -> Void
        ) async throws(DeviceError) -> any Ear

    private struct State {
        var users = 0
        var ear: (any Ear)?
        var revival: Task<Void, Never>?
        /// Whether the ear was lost again while a new one was opened.
        var isLostAgain = false
    }

    private static let firstPause = Duration.milliseconds(500)
    private static let longestPause = Duration.seconds(30)

    private let air: AirListeners
    private let state = Mutex(State())
    private let open: Open
    private let clock: any MapperClock

    init(clock: any MapperClock, open: @escaping Open) {
        air = AirListeners(clock: clock)
        self.open = open
        self.clock = clock
    }

    /// Has matching advertisements passed on, until the token is ended.
    /// - Throws: ``DeviceError`` when nothing can be heard now.
    func listen(
        to wanted: WantedPeer,
        _ hear: @escaping @Sendable (Advertisement) -> Void
    ) async throws(DeviceError) -> Listening {
        let place = air.add(wanted, hear)
        state.withLock { $0.users += 1 }
        do throws(DeviceError) {
            try await start()
        } catch {
            await leave(place)
            throw error
        }
        return Listening { await self.leave(place) }
    }

    /// Takes note that an attempt to connect begins.
    func disturb() { state.withLock(\.ear)?.disturb() }

    /// Takes note that it has ended.
    func resume() { state.withLock(\.ear)?.resume() }

    /// Leaves the radio to discovery.
    func hold() { state.withLock(\.ear)?.hold() }

    /// Goes on after that.
    func rearm() { state.withLock(\.ear)?.rearm() }

    /// Begins anew, now or once the radio is back.
    func revive() {
        state.withLock { state in
            guard state.users > 0 else { return }
            guard state.revival == nil else {
                state.isLostAgain = true
                return
            }
            state.revival = Task { [weak self] in await self?.tryUntilOpen() }
        }
    }

    private func tryUntilOpen() async {
        var pause = Self.firstPause
        while !Task.isCancelled, await isStillClosed() {
            guard (try? await clock.sleep(untilUptime: clock.uptime + pause)) != nil else { return }
            pause = min(pause * 2, Self.longestPause)
        }
        let isLostAgain = state.withLock { state in
            if !Task.isCancelled { state.revival = nil }
            return state.isLostAgain
        }
        if isLostAgain { revive() }
    }

    /// Tries once, with a new ear.
    private func isStillClosed() async -> Bool {
        let former = state.withLock { state in
            state.isLostAgain = false
            return state.ear.take()
        }
        await former?.stop()
        do throws(DeviceError) {
            try await start()
            return false
        } catch {
            return true
        }
    }

    private func start() async throws(DeviceError) {
        guard state.withLock({ $0.ear == nil && $0.users > 0 }) else { return }
        let ear = try await open({ [air] in air.hear($0) }, { [weak self] in self?.revive() })
        let superfluous = state.withLock { state -> (any Ear)? in
            // Somebody else was quicker, or nobody listens any more.
            guard state.ear == nil, state.users > 0 else { return ear }
            state.ear = ear
            return nil
        }
        await superfluous?.stop()
    }

    private func leave(_ place: Int) async {
        air.remove(place)
        let ear = state.withLock { state -> (any Ear)? in
            state.users -= 1
            guard state.users == 0 else { return nil }
            state.revival?.cancel()
            state.revival = nil
            return state.ear.take()
        }
        await ear?.stop()
    }
}
