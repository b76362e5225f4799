// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

@testable import MapperMQTT
import Testing

@Suite struct ReconnectDelayTests {
    @Test func doublesToALimit() {
        var delay = ReconnectDelay()
        let waits = (0..<9).map { _ in delay.take(jitter: 0.5) }
        #expect(waits == [0.5, 1, 2, 4, 8, 10, 10, 10, 10].map { .seconds($0) })
    }

    @Test func isSpreadByAQuarterToEitherSide() {
        var low = ReconnectDelay()
        var high = ReconnectDelay()
        #expect(low.take(jitter: 0) == .milliseconds(375))
        #expect(high.take(jitter: 1) == .milliseconds(625))
    }

    @Test func startsAgainOnlyAfterAGoodConnection() {
        var delay = ReconnectDelay()
        _ = delay.take(jitter: 0.5)
        delay.connectionEnded(after: .seconds(1))
        #expect(delay.take(jitter: 0.5) == .seconds(1))
        delay.connectionEnded(after: .seconds(10))
        #expect(delay.take(jitter: 0.5) == .milliseconds(500))
    }
}
