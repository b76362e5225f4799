// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import MapperTesting

@Suite(.timeLimit(.minutes(1)))
struct ManualClockTests {
    @Test func startsAtZeroAndAFixedMoment() {
        let clock = ManualClock(start: Timestamp(milliseconds: 1000))
        #expect(clock.uptime == .zero)
        #expect(clock.timestamp == Timestamp(milliseconds: 1000))
    }

    @Test func movesBothClocks() async {
        let clock = ManualClock(start: Timestamp(milliseconds: 1000))
        await clock.advance(by: .milliseconds(1500))
        #expect(clock.uptime == .milliseconds(1500))
        #expect(clock.timestamp == Timestamp(milliseconds: 2500))
    }

    @Test func aPastDeadlineDoesNotWait() async throws {
        let clock = ManualClock()
        await clock.advance(by: .seconds(1))
        try await clock.sleep(untilUptime: .seconds(1))
        #expect(clock.sleepers == 0)
    }

    @Test func stopsAtEveryDeadlineInOrder() async throws {
        let clock = ManualClock()
        let seen = Collected<Duration>()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seconds in [3, 1, 2, 9] {
                group.addTask {
                    try await clock.sleep(untilUptime: .seconds(seconds))
                    seen.add(clock.uptime)
                }
            }
            await clock.waitForSleepers(4)
            await clock.advance(by: .seconds(5))
            #expect(clock.sleepers == 1)
            #expect(seen.all == [.seconds(1), .seconds(2), .seconds(3)])
            await clock.advance(by: .seconds(5))
            try await group.waitForAll()
        }
        #expect(clock.uptime == .seconds(10))
    }

    @Test func aLoopRunsOnceACycle() async throws {
        let clock = ManualClock()
        let ticks = Collected<Duration>()
        let loop = Task {
            while true {
                try await clock.sleep(untilUptime: clock.uptime + .seconds(1))
                ticks.add(clock.uptime)
            }
        }
        await clock.waitForSleepers(1)
        await clock.advance(by: .seconds(60), keeping: 1)
        #expect(ticks.all.count == 60)
        loop.cancel()
        await #expect(throws: CancellationError.self) { try await loop.value }
        #expect(clock.sleepers == 0)
    }

    @Test func cancellationEndsASleepAtOnce() async {
        let clock = ManualClock()
        let sleeper = Task { try await clock.sleep(untilUptime: .seconds(1)) }
        await clock.waitForSleepers(1)
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        #expect(clock.uptime == .zero)
    }

    @Test func aCancelledTaskDoesNotStartToSleep() async {
        let clock = ManualClock()
        let sleeper = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await clock.sleep(untilUptime: .seconds(1))
        }
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
}
