// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// A clock that stands still until a test moves it.
///
/// Uptime starts at 0; the wall clock starts at a fixed moment and moves along. An hour of a mapper takes no time, and
/// what must not happen in it can be told without waiting:
///
///     let clock = ManualClock()
///     try await withMapper(driver, profile: "device.yaml", clock: clock) { edge in
///         try await clock.flow { try await edge.expectReport("level", 3) }
///         try await edge.expectNoReport("level") { await clock.advance(by: .seconds(3600), keeping: 1) }
///     }
///
/// Before moving it, a test waits with ``waitForSleepers(_:)`` until the tasks it is about have got as far as sleeping, or
/// says with ``advance(by:keeping:)`` how many those are. A mapper has one for each device that is read on schedule.
public final class ManualClock: MapperClock {
    private struct State: Sendable {
        var uptime = Duration.zero
        var sleepers: [UInt64: Duration] = [:]
        /// Those whose time has come and that have not run yet.
        var woken: Set<UInt64> = []
        var lastSleeper: UInt64 = 0
    }

    /// How often others get their turn before a woken task counts as one that will not sleep again.
    private static let patience = 500

    private let start: Timestamp
    private let state = Watched(State())

    /// Creates a clock.
    /// - Parameter start: The wall clock's time at uptime 0.
    public init(start: Timestamp = Timestamp(milliseconds: 1_700_000_000_000)) {
        self.start = start
    }

    /// How far the clock was moved so far.
    public var uptime: Duration { state.now.uptime }

    /// The start, moved by the uptime.
    public var timestamp: Timestamp {
        Timestamp(milliseconds: start.milliseconds + Int64(uptime / .milliseconds(1)))
    }

    /// How many tasks wait for this clock.
    public var sleepers: Int { state.now.sleepers.count }

    /// Waits until a test has moved the clock to a moment.
    public func sleep(untilUptime deadline: Duration) async throws {
        try Task.checkCancellation()
        let id = state.change { state -> UInt64? in
            guard deadline > state.uptime else { return nil }
            state.lastSleeper += 1
            state.sleepers[state.lastSleeper] = deadline
            return state.lastSleeper
        }
        guard let id else { return await Task.yield() }
        defer {
            state.change { state in
                state.sleepers[id] = nil
                state.woken.remove(id)
            }
        }
        try await state.first { $0.woken.contains(id) ? () : nil }
    }

    /// Waits until at least so many tasks wait for this clock; returns early only when the task is cancelled.
    public func waitForSleepers(_ count: Int) async {
        try? await state.first { $0.sleepers.count >= count ? () : nil }
    }

    /// Moves the clock, stopping at every deadline on the way.
    ///
    /// While a woken task runs, the clock shows the moment it slept for. Before the next step, woken tasks get the
    /// chance to run and sleep again; a task that computes for long on a thread of its own may miss that, in which
    /// case ``advance(by:keeping:)`` is the way.
    public func advance(by duration: Duration) async {
        await advance(by: duration) { before in await self.yield(untilSleepers: before) }
    }

    /// Moves the clock, stopping at every deadline until at least so many tasks sleep again.
    ///
    /// Returns early only when the task is cancelled.
    public func advance(by duration: Duration, keeping sleepers: Int) async {
        await waitForSleepers(sleepers)
        await advance(by: duration) { _ in await self.waitForSleepers(sleepers) }
    }

    /// Lets time flow until something has happened, never ahead of tasks that are busy.
    ///
    ///     try await clock.flow { try await edge.expectState(.offline) }
    /// - Parameters:
    ///   - step: By how much time moves at once.
    ///   - sleepers: How many tasks have to sleep before each step.
    ///   - happening: Waits for what is to happen.
    /// - Throws: what the waiting throws.
    public func flow<Result>(
        by step: Duration = .milliseconds(50),
        keeping sleepers: Int = 1,
        until happening: () async throws -> Result
    ) async throws -> Result {
        let flowing = Task {
            while !Task.isCancelled { await self.advance(by: step, keeping: sleepers) }
        }
        defer { flowing.cancel() }
        return try await happening()
    }

    private func advance(by duration: Duration, settle: (_ sleepersBefore: Int) async -> Void) async {
        let end = uptime + duration
        while !Task.isCancelled, let before = wakeNext(until: end) {
            try? await state.first { $0.woken.isEmpty ? () : nil }
            await settle(before)
        }
        state.change { $0.uptime = max($0.uptime, end) }
    }

    /// Moves to the earliest deadline not after the end and wakes whoever sleeps until then.
    /// - Returns: how many tasks slept before; `nil` when nobody sleeps until then.
    private func wakeNext(until end: Duration) -> Int? {
        state.change { state in
            guard let deadline = state.sleepers.values.min(), deadline <= end else { return nil }
            let before = state.sleepers.count
            state.uptime = max(state.uptime, deadline)
            for (id, _) in state.sleepers where state.sleepers[id] == deadline {
                state.sleepers[id] = nil
                state.woken.insert(id)
            }
            return before
        }
    }

    private func yield(untilSleepers count: Int) async {
        for _ in 0..<Self.patience where sleepers < count { await Task.yield() }
    }
}
