// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Returns as soon as a condition holds.
/// - Parameter evidence: what to show when it does not hold in time.
/// - Throws: ``NotObserved`` then.
package func eventually(
    _ what: String,
    within limit: Duration = .seconds(20),
    evidence: @autoclosure () -> String = "",
    _ condition: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
        guard ContinuousClock.now < deadline else { throw NotObserved(what, within: limit, evidence()) }
        try await Task.sleep(for: .milliseconds(20))
    }
}
