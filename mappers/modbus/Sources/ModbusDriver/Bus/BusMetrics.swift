// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CoreMetrics

/// Counts what happens on one bus; each metric has the dimension `bus`.
struct BusMetrics {
    /// `modbus_bus_busy_seconds_total`: time spent with transactions, waiting for the line included; its rate is the load.
    private let busy: FloatingPointCounter
    /// `modbus_drained_bytes_total`: bytes thrown away because no request had asked for them.
    private let drained: Counter
    /// `modbus_reconnects_total`: how often the connection or the line was opened again.
    let reconnects: Counter

    init(_ address: BusAddress, factory: any MetricsFactory) {
        let dimensions = [("bus", address.description)]
        busy = FloatingPointCounter(label: "modbus_bus_busy_seconds_total", dimensions: dimensions, factory: factory)
        drained = Counter(label: "modbus_drained_bytes_total", dimensions: dimensions, factory: factory)
        reconnects = Counter(label: "modbus_reconnects_total", dimensions: dimensions, factory: factory)
    }

    func note(busy time: Duration) {
        busy.increment(by: Double(time.microseconds) / 1_000_000)
    }

    func note(drained bytes: Int) {
        if bytes > 0 { drained.increment(by: bytes) }
    }
}
