// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CoreMetrics

/// Counts what happens with one unit of a bus; each metric has the dimensions `bus` and `unit`.
final class UnitMetrics {
    /// `modbus_transactions_total`: requests sent, those sent again included.
    private let transactions: Counter
    /// `modbus_timeouts_total`: requests that were not answered in time.
    private let timeouts: Counter
    /// `modbus_malformed_total`: answers that were damaged or answered something else.
    private let malformed: Counter
    /// `modbus_retries_total`: reads that are sent again.
    let retries: Counter
    /// `modbus_round_trip_seconds`: from the request to its answer.
    private let roundTrip: Recorder
    /// `modbus_exceptions_total`: refusals, with the dimension `code`.
    private var exceptions: [UInt8: Counter] = [:]
    private let dimensions: [(String, String)]
    private let factory: any MetricsFactory

    init(_ address: BusAddress, unit: UInt8, factory: any MetricsFactory) {
        self.factory = factory
        let dimensions = [("bus", address.description), ("unit", String(unit))]
        self.dimensions = dimensions
        func counter(_ name: String) -> Counter {
            Counter(label: "modbus_\(name)_total", dimensions: dimensions, factory: factory)
        }
        transactions = counter("transactions")
        timeouts = counter("timeouts")
        malformed = counter("malformed")
        retries = counter("retries")
        roundTrip = Recorder(
            label: "modbus_round_trip_seconds",
            dimensions: dimensions,
            aggregate: true,
            factory: factory
        )
    }

    /// Notes what came of a request.
    func note(_ outcome: Result<ModbusAnswer, BusFault>, after time: Duration) {
        transactions.increment()
        switch outcome {
        case .success(let answer):
            roundTrip.record(Double(time.microseconds) / 1_000_000)
            if case .exception(let exception) = answer { counter(of: exception.code).increment() }
        case .failure(.timedOut): timeouts.increment()
        case .failure(.malformed): malformed.increment()
        case .failure: break
        }
    }

    private func counter(of code: UInt8) -> Counter {
        if let counter = exceptions[code] { return counter }
        let counter = Counter(
            label: "modbus_exceptions_total",
            dimensions: dimensions + [("code", String(code))],
            factory: factory
        )
        exceptions[code] = counter
        return counter
    }
}
