// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking
import MapperKit
import ModbusDriver

/// Compares the requests to one device with the optimum.
struct PlanRatio {
    let device: Device<ModbusConnection, ModbusVisitor>
    let price: LinkPrice
    let base: Duration

    /// The bus time of some whole rounds of a log over the least that would do for the same properties.
    /// - Parameter learning: What of the log's beginning does not count.
    func ratio(_ records: [RequestRecord], learning: Duration, rounds: Int) throws -> Double {
        guard device.config.addresses == AddressRules() else {
            throw BenchmarkFailure("\(device.id): the optimum with address rules is not computed here")
        }
        let length = base.seconds * 4 * Double(rounds)
        guard let first = records.first?.time, let start = tick(in: records, after: first + learning.seconds) else {
            throw BenchmarkFailure("\(device.id): nothing was read")
        }
        let counted = records.filter { (start..<start + length).contains($0.time) }
        guard let last = records.last?.time, last >= start + length - base.seconds, counted.allSatisfy(\.isRead) else {
            throw BenchmarkFailure("\(device.id): the log is too short, or something was written")
        }
        return counted.reduce(0) { $0 + price.cost(of: $1.count, holdsBits: $1.readsBits) }
            / (roundCost * Double(rounds))
    }

    /// A little before the first request of the first cycle after a moment.
    private func tick(in records: [RequestRecord], after moment: Double) -> Double? {
        let pause = base.seconds / 10
        return zip(records, records.dropFirst())
            .first { $1.time > moment && $1.time - $0.time > pause }
            .map { $1.time - pause / 2 }
    }

    /// The least that a round of four base cycles costs.
    private var roundCost: Double {
        let cycles = Dictionary(device.visitors.map { ($0.property.name, $0.property.collectCycle) }) { first, _ in
            first
        }
        let places = ModbusDriver().places(of: device)
        let optimum = Optimum(
            price: price,
            registersPerRequest: device.config.maxRegistersPerRequest,
            bitsPerRequest: device.config.maxBitsPerRequest
        )
        return (0..<4).reduce(0) { sum, tick in
            let due = places.filter { place in
                guard let cycle = cycles[place.property] ?? nil else { return false }
                return tick % Int((cycle / base).rounded()) == 0
            }
            return sum + optimum.cost(of: due)
        }
    }
}

extension RequestRecord {
    var isRead: Bool { (1...4).contains(function) }
    var readsBits: Bool { (1...2).contains(function) }
}
