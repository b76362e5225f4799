// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking
import MapperKit
import ModbusDriver
import Synchronization

/// Reads from open devices in loops, one loop a device.
struct DriverLoop: Sendable {
    private let devices: [BoundDevice]
    private let sessions: [ModbusSession]
    private let driver: ModbusDriver

    /// Opens the devices.
    init(_ devices: [BoundDevice]) async throws {
        let driver = ModbusDriver()
        var sessions: [ModbusSession] = []
        for device in devices { sessions.append(try await driver.open(device)) }
        (self.devices, self.sessions, self.driver) = (devices, sessions, driver)
    }

    func close() async {
        for session in sessions { await session.close() }
    }

    /// Readings a second of everything a device has, by the first few devices together.
    func rate(callers: Int, for time: Duration) async -> Double {
        let start = ContinuousClock.now
        let end = start + time
        let total = await withTaskGroup(of: Int.self) { group in
            for index in 0..<callers { group.addTask { await readings(index, until: end) } }
            return await group.reduce(0, +)
        }
        return Double(total) / start.duration(to: .now).seconds
    }

    /// Reads one device until a moment, and makes values of what it has read.
    /// - Returns: how often everything came.
    private func readings(_ index: Int, until end: ContinuousClock.Instant) async -> Int {
        let visitors = devices[index].visitors
        var count = 0
        while ContinuousClock.now < end {
            let answers = await sessions[index].read(visitors)
            let isWhole = zip(answers, visitors).allSatisfy { answer, visitor in
                guard case .success(let sample) = answer else { return false }
                return (try? driver.value(of: sample, for: visitor)) != nil
            }
            if isWhole { count += 1 }
        }
        return count
    }
}
