// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells how measured numbers are spread.
struct Distribution {
    private let sorted: [Double]

    init(_ numbers: [Double]) { sorted = numbers.sorted() }

    var count: Int { sorted.count }
    var median: Double { quantile(0.5) }
    var least: Double { sorted.first ?? .nan }
    var most: Double { sorted.last ?? .nan }

    /// The number that a share of all is not above.
    func quantile(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return .nan }
        return sorted[min(Int((Double(sorted.count) * share).rounded(.up)) - 1, sorted.count - 1).clamped]
    }
}

extension Int {
    fileprivate var clamped: Int { Swift.max(self, 0) }
}
