// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Returns as soon as a condition holds.
/// - Throws: ``BenchmarkFailure`` when it does not in time.
package func eventually(
    _ what: String,
    within limit: Duration = .seconds(30),
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw BenchmarkFailure("not within \(limit): \(what)") }
        try await Task.sleep(for: .milliseconds(20))
    }
}
