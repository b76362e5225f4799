// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import MapperKit

@Suite("Collection plan")
struct CollectionPlanTests {
    private func property(_ name: String, _ cycle: Duration?) -> Property {
        Property(model: DeviceModel.Property(name: name, dataType: .int), visitor: [:], collectCycle: cycle)
    }

    @Test("Everything is due at once, then each at its own cycle; multiples meet")
    func cycles() {
        let properties = [property("a", .seconds(1)), property("b", .seconds(3)), property("never", nil)]
        var plan = CollectionPlan(properties, start: .zero)
        #expect(Set(plan.takeDue(now: .zero).names) == ["a", "b"])
        #expect(plan.nextUptime == .seconds(1))
        #expect(plan.takeDue(now: .seconds(1)).names == ["a"])
        #expect(plan.takeDue(now: .seconds(2)).names == ["a"])
        #expect(Set(plan.takeDue(now: .seconds(3)).names) == ["a", "b"])
    }

    @Test("Late completion does not move the schedule, and missed moments are skipped and counted")
    func drift() {
        var plan = CollectionPlan([property("a", .milliseconds(50))], start: .zero)
        _ = plan.takeDue(now: .milliseconds(20))
        #expect(plan.nextUptime == .milliseconds(50))
        let due = plan.takeDue(now: .milliseconds(275))
        #expect(due.names == ["a"])
        #expect(due.missed == 4)
        #expect(plan.nextUptime == .milliseconds(300))
    }

    @Test("Without anything to read there is no next moment")
    func empty() {
        #expect(CollectionPlan([property("never", nil)], start: .zero).nextUptime == nil)
    }
}

@Suite("Back-off")
struct BackoffTests {
    @Test("Pauses double up to the limit", arguments: [(1, 1), (2, 2), (3, 4), (6, 30), (1000, 30)])
    func doubling(failures: Int, seconds: Int) {
        let backoff = Backoff(initial: .seconds(1), limit: .seconds(30), jitter: 0)
        #expect(backoff.pause(afterFailures: failures) == .seconds(seconds))
    }

    @Test("Chance shortens a pause by no more than its part")
    func jitter() {
        let backoff = Backoff(initial: .seconds(10), limit: .seconds(10), jitter: 0.2)
        for _ in 0..<100 {
            #expect((Duration.seconds(8)...Duration.seconds(10)).contains(backoff.pause(afterFailures: 1)))
        }
    }
}
