// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import MapperDMI

@Suite("How much EdgeCore is sent")
struct RequestBudgetTests {
    private func configuration() -> DMIConfiguration {
        DMIConfiguration(mapperSocket: "/m.sock", name: "m", version: "1", protocolName: "fieldbus")
    }

    /// Spends whatever there is, for a time.
    private func spend(_ budget: inout RequestBudget, messages: Int, for seconds: Int) -> Int {
        var (now, count) = (Duration.zero, 0)
        while true {
            now = max(now, budget.nextUptime(at: now))
            guard now <= .seconds(seconds) else { return count }
            budget.spend(messages: messages, at: now)
            count += 1
        }
    }

    /// EdgeCore admits a hundred at once and then one a second; a mapper that is not alone takes less.
    @Test func staysBelowTheLimit() {
        var budget = RequestBudget(configuration(), at: .zero)
        let count = spend(&budget, messages: 1, for: 600)
        #expect((580...600).contains(count))
    }

    @Test func manyValuesTakeTheirTime() {
        var budget = RequestBudget(configuration(), at: .zero)
        let count = spend(&budget, messages: 100, for: 600)
        #expect((118...125).contains(count))
    }

    @Test func refusalsHalveThePace() {
        var budget = RequestBudget(configuration(), at: .zero)
        budget.refused(at: .zero)
        budget.refused(at: .zero)
        #expect((200...290).contains(spend(&budget, messages: 0, for: 1000)))
        for _ in 0..<100 { budget.accepted() }
    }

    @Test func paceIsRegained() {
        var budget = RequestBudget(configuration(), at: .zero)
        for _ in 0..<10 { budget.refused(at: .zero) }
        #expect(budget.nextUptime(at: .zero) > .seconds(5))
        for _ in 0..<100 { budget.accepted() }
        #expect(budget.nextUptime(at: .zero) < .seconds(2))
    }
}
