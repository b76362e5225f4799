// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// An edge inside the test: what is sent to it is kept, what it sends is up to the test.
///
/// It keeps everything it receives; one test's worth is what it is made for. `withMapper`
/// gives a test one with a mapper below it. Expectations name what was reported instead:
///
///     try await edge.expectState(.online)
///     try await edge.expectReport("temperature", 21.5)
///
/// What else came is in ``reports``, ``telemetry`` and ``states``.
public final class InMemoryEdge: EdgeLink {
    /// A device's state as it was reported.
    public struct StateReport: Hashable, Sendable {
        /// The device.
        public var device: DeviceID
        /// Its state.
        public var state: DeviceState

        /// Creates a report.
        public init(_ device: DeviceID, _ state: DeviceState) {
            self.device = device
            self.state = state
        }
    }

    struct Records: Sendable {
        var reports = Record<TwinReport>(device: \.device)
        var telemetry = Record<Telemetry>(device: \.device)
        var states = Record<StateReport>(device: \.device)
        var isRunning = false
        var isBehind = false
        /// What was sent last.
        var profile = DeviceProfile()
        /// What the mapper complained about.
        var remarks = Record<Remark>(device: \.device)
        /// The call of each device that has not returned yet.
        var underWay: [DeviceID: String] = [:]
    }

    /// Something the mapper logged about a device.
    struct Remark: Sendable {
        var device: DeviceID
        var text: String
    }

    /// What the test sends to the mapper.
    public let events = EdgeInbox()

    let records = Watched(Records())

    /// Creates an edge that knows no devices.
    public init() {}

    /// Waits for cancellation.
    public func run() async throws {
        records.change { $0.isRunning = true }
        defer { records.change { $0.isRunning = false } }
        try? await records.first { _ -> Void? in nil }
    }

    /// Whether the test said so.
    public func isBehind(_ device: DeviceID) -> Bool { records.now.isBehind }

    /// Keeps a report.
    public func report(_ report: TwinReport) {
        records.change { $0.reports.all.append(report) }
    }

    /// Keeps telemetry.
    public func publish(_ telemetry: Telemetry) {
        records.change { $0.telemetry.all.append(telemetry) }
    }

    /// Keeps a state.
    public func report(_ state: DeviceState, of device: DeviceID) {
        records.change { $0.states.all.append(StateReport(device, state)) }
    }
}
