// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ModbusDriver

/// Computes what reading some places costs at least, in whatever requests.
///
/// The places of a table are sorted by address. The cheapest way to read the first k of them ends with one request for
/// the places from some i to k, before which the first i - 1 are read the cheapest way; all i are tried.
struct Optimum {
    let price: LinkPrice
    let registersPerRequest: Int
    let bitsPerRequest: Int

    func cost(of places: [PropertyPlace]) -> Double {
        Dictionary(grouping: places, by: \.table).values.reduce(0) { $0 + costInTable($1) }
    }

    private func costInTable(_ places: [PropertyPlace]) -> Double {
        let sorted = places.sorted { ($0.first, -$0.count) < ($1.first, -$1.count) }
        guard let table = sorted.first?.table else { return 0 }
        let longest = table.holdsBits ? bitsPerRequest : registersPerRequest
        var cheapest = [0.0]
        for k in sorted.indices {
            var best = Double.infinity
            var end = 0
            for i in stride(from: k, through: 0, by: -1) {
                end = max(end, sorted[i].first + sorted[i].count)
                let count = end - sorted[i].first
                if i < k, count > longest { break }
                best = min(best, cheapest[i] + price.cost(of: count, holdsBits: table.holdsBits))
            }
            cheapest.append(best)
        }
        return cheapest[sorted.count]
    }
}
