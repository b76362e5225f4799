// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CoreMetrics

/// Counts what happens with one device; each counter has the dimension `device`.
struct DeviceMetrics: Sendable {
    /// `mapper_readings_total`: properties read.
    let readings: Counter
    /// `mapper_read_failures_total`: properties that could not be read.
    let readFailures: Counter
    /// `mapper_writes_total`: desired values that a device accepted.
    let writes: Counter
    /// `mapper_write_failures_total`: attempts to write that failed.
    let writeFailures: Counter
    /// `mapper_reports_total`: property values handed to the edge link.
    let reports: Counter
    /// `mapper_missed_cycles_total`: collection cycles left out because the one before took too long.
    let missedCycles: Counter

    init(_ device: DeviceID) {
        let dimensions = [("device", device.description)]
        func counter(_ name: String) -> Counter { Counter(label: "mapper_\(name)_total", dimensions: dimensions) }
        readings = counter("readings")
        readFailures = counter("read_failures")
        writes = counter("writes")
        writeFailures = counter("write_failures")
        reports = counter("reports")
        missedCycles = counter("missed_cycles")
    }
}
