// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

extension InMemoryEdge {
    /// Every report since the start or the last ``forget()``, oldest first.
    public var reports: [TwinReport] { records.now.reports.all }

    /// All telemetry since the start or the last ``forget()``, oldest first.
    public var telemetry: [Telemetry] { records.now.telemetry.all }

    /// Every state reported since the start or the last ``forget()``, oldest first.
    public var states: [StateReport] { records.now.states.all }

    /// Whether ``run()`` is being executed.
    public var isRunning: Bool { records.now.isRunning }

    /// The newest state of a device.
    public func state(of device: DeviceID) -> DeviceState? {
        records.now.states.last(of: device)?.state
    }

    /// Takes a device's oldest report that was not taken yet, waiting for one.
    /// - Throws: `CancellationError` when the test is cancelled, by its time limit for one.
    public func nextReport(of device: DeviceID) async throws -> TwinReport {
        try await records.first { $0.reports.takeNext(of: device) }
    }

    /// Takes a device's oldest telemetry that was not taken yet, waiting for some.
    /// - Throws: `CancellationError` when the test is cancelled.
    public func nextTelemetry(of device: DeviceID) async throws -> Telemetry {
        try await records.first { $0.telemetry.takeNext(of: device) }
    }

    /// Takes a device's oldest state that was not taken yet, waiting for one.
    /// - Throws: `CancellationError` when the test is cancelled.
    public func nextState(of device: DeviceID) async throws -> DeviceState {
        try await records.first { $0.states.takeNext(of: device)?.state }
    }

    /// Waits until a property's value was reported that satisfies a condition; what was reported before counts.
    /// - Throws: `CancellationError` when the test is cancelled.
    @discardableResult
    public func waitForReport(
        _ device: DeviceID,
        _ property: String,
        where condition: @escaping @Sendable (TwinReport.Value) -> Bool = { _ in true }
    ) async throws -> TwinReport.Value {
        try await records.first { records in
            records.reports.all.lazy
                .filter { $0.device == device }
                .compactMap { $0.values[property] }
                .first(where: condition)
        }
    }

    /// Waits until the newest state of a device is this one.
    /// - Throws: `CancellationError` when the test is cancelled.
    public func waitForState(_ state: DeviceState, of device: DeviceID) async throws {
        try await records.first { $0.states.last(of: device)?.state == state ? () : nil }
    }

    /// Drops everything received so far.
    public func forget() {
        records.change { records in
            records.reports.forget()
            records.telemetry.forget()
            records.states.forget()
            records.remarks.forget()
        }
    }
}
