// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
public import MapperKit
import Synchronization

/// Reads one machine.
public final class SystemSession: DeviceSession {
    /// How long to wait for the processor's times to move on, in microseconds.
    private static let moment: UInt32 = 300_000

    private struct State {
        /// The processor's times when the session began.
        var start: ProcessorTimes?
        /// Those at the last reading of each property.
        var last: [String: ProcessorTimes] = [:]
        var isClosed = false
    }

    private let files: SystemFiles
    private let state: Mutex<State>

    init(_ files: SystemFiles) {
        self.files = files
        state = Mutex(State(start: try? ProcessorTimes(files.text("proc/stat"))))
    }

    /// Reads one sensor.
    public func read(_ visitor: PropertyVisitor<SystemDriver.VisitorConfig>) async throws -> Sample {
        guard !state.withLock(\.isClosed) else {
            throw DeviceError(.disconnected, "the machine is not looked at any more")
        }
        let path = visitor.config.path ?? "/"
        return switch visitor.config.sensor {
        case .temperature:
            Sample(.double(try ThermalZone.find(visitor.config.zone ?? "", in: files).temperature(files)))
        case .cpu: Sample(.double(try processorUse(visitor.property.name)))
        case .load1: Sample(.double(try files.number(0, in: "proc/loadavg")))
        case .load5: Sample(.double(try files.number(1, in: "proc/loadavg")))
        case .load15: Sample(.double(try files.number(2, in: "proc/loadavg")))
        case .memoryTotal: Sample(.int(try files.memory("MemTotal")))
        case .memoryAvailable: Sample(.int(try files.memory("MemAvailable")))
        case .memoryUsed: Sample(.double(percent(try files.memory("MemAvailable"), of: try files.memory("MemTotal"))))
        case .diskTotal: Sample(.int(try files.disk(path).total))
        case .diskAvailable: Sample(.int(try files.disk(path).available))
        case .diskUsed: Sample(.double(try files.disk(path).used))
        case .uptime: Sample(.int(Int64(try files.number(0, in: "proc/uptime"))))
        }
    }

    /// Ends the looking.
    public func close() async { state.withLock { $0.isClosed = true } }

    /// What is left of a whole when a part is still available.
    private func percent(_ available: Int64, of total: Int64) -> Double {
        total > 0 ? 100 * (1 - Double(available) / Double(total)) : 0
    }

    /// How busy the processor was since the property was read last.
    private func processorUse(_ property: String) throws -> Double {
        let before = state.withLock { $0.last[property] ?? $0.start }
        var now = try ProcessorTimes(files.text("proc/stat"))
        if now == before {
            usleep(Self.moment)
            now = try ProcessorTimes(files.text("proc/stat"))
        }
        state.withLock { $0.last[property] = now }
        guard let before, let use = now.use(since: before) else {
            throw DeviceError(.busy, "proc/stat has not moved since it was read last")
        }
        return use
    }
}
