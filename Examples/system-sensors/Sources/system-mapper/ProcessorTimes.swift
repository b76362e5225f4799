// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is how long all processors together have worked and rested since the machine was started, in ticks.
struct ProcessorTimes: Equatable, Sendable {
    let total: Int64
    let idle: Int64

    /// Takes the first line of `/proc/stat`: user, nice, system, idle, iowait, irq, softirq, steal; guests are in user.
    /// - Throws: ``DeviceError`` for any other text.
    init(_ stat: String) throws {
        let words = stat.prefix { !$0.isNewline }.split(separator: " ")
        let times = words.dropFirst().prefix(8).compactMap { Int64($0) }
        guard words.first == "cpu", times.count >= 4 else {
            throw DeviceError(.malformedResponse, "proc/stat does not begin with the processor's times")
        }
        total = times.reduce(0, +)
        idle = times[3] + (times.count > 4 ? times[4] : 0)
    }

    /// The share of the time between that was worked, in percent; `nil` when there is none between.
    func use(since before: ProcessorTimes) -> Double? {
        guard total > before.total else { return nil }
        // The kernel corrects the times of waiting, and not only upwards.
        let worked = (total - idle) - (before.total - before.idle)
        return min(100, max(0, Double(100 * worked) / Double(total - before.total)))
    }
}
