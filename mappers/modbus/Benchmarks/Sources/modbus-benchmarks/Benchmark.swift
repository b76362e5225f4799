// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import UnixSignals

/// Is one benchmark of the program.
///
/// A signal cancels it, so that the programs it has started end with it.
protocol Benchmark: AsyncParsableCommand, Sendable {
    /// Measures, and prints what came out.
    /// - Throws: ``BenchmarkFailure`` when something is not as it is wanted, or nothing can be measured.
    func measure() async throws
}

extension Benchmark {
    func run() async throws {
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

/// Tells why a benchmark did not end well.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
