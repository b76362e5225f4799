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

    @Test("A lead shortens the first wait only, and keeps cycles together")
    func lead() {
        let properties = [property("a", .seconds(1)), property("b", .seconds(3))]
        var plan = CollectionPlan(properties, start: .seconds(10), lead: .milliseconds(400))
        #expect(plan.takeDue(now: .seconds(10)).names.count == 2)
        #expect(plan.nextUptime == .milliseconds(10_600))
        #expect(plan.takeDue(now: .milliseconds(10_600)).names == ["a"])
        #expect(plan.takeDue(now: .milliseconds(11_600)).names == ["a"])
        #expect(plan.takeDue(now: .milliseconds(12_600)).names == ["a", "b"])
    }

    @Test("What comes due before the next reading is named, and read early it is due a whole cycle later")
    func early() {
        var plan = CollectionPlan([property("a", .seconds(1)), property("b", .milliseconds(2500))], start: .zero)
        _ = plan.takeDue(now: .zero)
        #expect(plan.takeDue(now: .seconds(1)).soon.isEmpty)
        let due = plan.takeDue(now: .milliseconds(2010))
        #expect(due.names == ["a"])
        #expect(due.soon == ["b"])
        plan.readEarly(["b"], at: due.moment)
        #expect(plan.takeDue(now: .seconds(3)).names == ["a"])
        #expect(plan.takeDue(now: .seconds(4)).soon == ["b"])
        #expect(plan.takeDue(now: .milliseconds(4500)).names == ["b"])
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
