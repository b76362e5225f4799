// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import MapperTesting
import Testing

@Suite("A mapper that is stopped", .timeLimit(.minutes(1)))
struct StopTests {
    @Test("A driver that hangs is named, and the last reports go out without it")
    func hanging() async throws {
        let mapper = RunningMapper()
        let log = RecordedLog()
        let gate = mapper.driver[DeviceID("stuck")].block(.open, blockingThread: true)
        mapper.edge.send(.scripted("stuck", .scripted("x")))
        let run = Task {
            try await Mapper(driver: mapper.driver, link: mapper.edge, clock: mapper.clock, logger: log.logger).run()
        }
        try await mapper.driver[DeviceID("stuck")].wait(for: .open)
        run.cancel()
        try await mapper.edge.waitForState(.unknown, of: DeviceID("stuck"))
        await mapper.clock.waitForSleepers(1)
        await mapper.clock.advance(by: .seconds(1))
        try await mapper.flow { while mapper.edge.isRunning { await Task.yield() } }
        #expect(log.lines.contains { $0.contains("does not let go") && $0.contains("stuck") })
        gate.open()
        try await run.value
    }
}
