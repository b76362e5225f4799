// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import MapperTesting
import Synchronization
import Testing

@Suite("A mapper that is stopped", .timeLimit(.minutes(1)))
struct StopTests {
    /// Keeps what was logged.
    private final class Log: Sendable {
        let lines = Mutex<[String]>([])
    }

    private struct Handler: LogHandler {
        let log: Log
        var logLevel = Logger.Level.trace
        var metadata = Logger.Metadata()

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let fields = metadata.merging(event.metadata ?? [:]) { $1 }
            log.lines.withLock { $0.append("\(event.message) \(fields)") }
        }
    }

    @Test("A driver that hangs is named, and the last reports go out without it")
    func hanging() async throws {
        let mapper = RunningMapper()
        let log = Log()
        let gate = mapper.driver[DeviceID("stuck")].block(.open, blockingThread: true)
        mapper.edge.send(.scripted("stuck", .scripted("x")))
        let logger = Logger(label: "test") { _ in Handler(log: log) }
        let run = Task {
            try await Mapper(driver: mapper.driver, link: mapper.edge, clock: mapper.clock, logger: logger).run()
        }
        try await mapper.driver[DeviceID("stuck")].wait(for: .open)
        run.cancel()
        try await mapper.edge.waitForState(.unknown, of: DeviceID("stuck"))
        await mapper.clock.waitForSleepers(1)
        await mapper.clock.advance(by: .seconds(1))
        try await mapper.flow { while mapper.edge.isRunning { await Task.yield() } }
        #expect(log.lines.withLock { $0.contains { $0.contains("does not let go") && $0.contains("stuck") } })
        gate.open()
        try await run.value
    }
}
