// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser
import UnixSignals

/// Is one benchmark of the program.
///
/// A signal cancels it, so that the programs it has started end with it.
package protocol Benchmark: AsyncParsableCommand, Sendable {
    /// Measures, and prints what came out.
    /// - Throws: ``BenchmarkFailure`` when something is not as it is wanted, or nothing can be measured.
    func measure() async throws
}

extension Benchmark {
    /// Measures until that is done or a signal comes.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await measure() }
            group.addTask {
                for await signal in await UnixSignalsSequence(trapping: .sigint, .sigterm) {
                    throw BenchmarkFailure("stopped by \(signal)")
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
