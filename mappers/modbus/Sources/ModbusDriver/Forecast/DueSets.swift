// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Counts which values come due together, and how often, when every cycle begins at the same moment.
struct DueSets {
    /// How often each set of cycles comes due, in times a second.
    private(set) var rates: [[Duration]: Double] = [:]

    /// Where cycles meet too rarely to count to the end, this many moments tell enough.
    private static let longestCount = 2000

    init(_ cycles: [Duration]) {
        let cycles = Set(cycles).filter { $0 > .zero }.sorted()
        guard !cycles.isEmpty else { return }
        var next = Array(repeating: Duration.zero, count: cycles.count)
        var counts: [[Duration]: Int] = [:]
        var moment = Duration.zero
        for step in 0..<Self.longestCount {
            moment = next.min() ?? .zero
            // All together again: from here on everything repeats.
            if step > 0, next.allSatisfy({ $0 == moment }) { break }
            let due = cycles.indices.filter { next[$0] == moment }
            for index in due { next[index] += cycles[index] }
            counts[due.map { cycles[$0] }, default: 0] += 1
        }
        let end = next.min() ?? moment
        rates = counts.mapValues { Double($0) / end.inSeconds }
    }
}
