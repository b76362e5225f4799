// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit

/// Runs a mapper as long as a test's body takes, and not much longer.
struct MapperHarness<Driver: DeviceDriver> {
    let driver: Driver
    let options: MapperOptions
    let clock: any MapperClock
    let limit: Duration
    let place: TestPlace

    func run(_ profile: TestProfile<Driver>, _ body: (InMemoryEdge) async throws -> Void) async throws {
        let edge = InMemoryEdge()
        edge.send(profile.profile)
        let mapper = Mapper(
            driver: WatchedDriver(driver, edge: edge),
            link: edge,
            options: options,
            clock: clock,
            logger: Logger(label: "mapper") { _ in EdgeLogHandler(edge: edge) }
        )
        let hasEnded = Watched(false)
        // Not a child task: a driver that does not let go must not keep the test from saying so.
        let running = Task {
            defer { hasEnded.change { $0 = true } }
            try await mapper.run()
        }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(edge)) } catch { outcome = .failure(error) }
        running.cancel()
        // A test that was cancelled still waits for its devices to be let go of.
        let letGo = await Task { await hasEnded.becomes(within: limit) { $0 } }.value
        guard !letGo else { return try outcome.get() }
        throw MapperTestFailure(complaint(edge.records.now, outcome), place)
    }

    private func complaint(_ records: InMemoryEdge.Records, _ outcome: Result<Void, any Error>) -> String {
        var lines: [String] = []
        if case .failure(let error) = outcome { lines.append("\(error)") }
        lines.append("the mapper did not end within \(limit): the driver does not let go")
        lines += records.underWay.sorted { $0.key < $1.key }.map { device, call in
            "  device '\(device)': \(call) did not return"
        }
        return lines.joined(separator: "\n")
    }
}
