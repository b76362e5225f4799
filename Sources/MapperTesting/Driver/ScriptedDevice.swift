// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// The script of one device, and the record of what was done to it.
///
/// All properties fail to be read until they get a value. What is written becomes the value.
/// A test works on it from outside while the runtime uses it through ``ScriptedDriver``.
public final class ScriptedDevice: Sendable {
    /// A write that reached the device.
    public struct Write: Hashable, Sendable {
        /// The property.
        public var property: String
        /// The raw value.
        public var value: PropertyValue

        /// Creates a write.
        public init(_ property: String, _ value: PropertyValue) {
            self.property = property
            self.value = value
        }
    }

    /// What is done to a device.
    public enum Operation: Hashable, Sendable, CaseIterable {
        /// Opening a session.
        case open
        /// Reading a batch.
        case read
        /// Writing a value.
        case write
        /// Closing a session.
        case close
    }

    struct State: Sendable {
        var script = Script()
        var log = Log()
        var gates: [Operation: Gate] = [:]
        var listener: (@Sendable (DeviceNews) -> Void)?
    }

    /// What was done, oldest first.
    struct Log: Sendable {
        var counts: [Operation: Int] = [:]
        var batches: [[String]] = []
        var writes: [Write] = []
        var isOpen = false
        var overlaps = 0
        var running = 0
        var isQueued = false
    }

    /// The device's identity.
    public let id: DeviceID

    let state = Watched(State())

    init(_ id: DeviceID) {
        self.id = id
    }

    func open() async throws {
        try await perform(.open) { state in
            try state.script.takeOpenFailure()
            state.log.isOpen = true
        }
    }

    func read(_ properties: [String]) async -> [Result<Sample, any Error>] {
        state.change { $0.log.isQueued = $0.script.queues(properties) }
        let gaveWay = try? await state.first { state -> Bool? in
            guard state.script.queues(properties) else { return false }
            return state.log.isQueued ? nil : true
        }
        if gaveWay == true {
            return properties.map { _ in .failure(DeviceError(.cancelled, "the reading gave way")) }
        }
        return await perform(.read) { state in
            state.log.batches.append(properties)
            return properties.map { name in Result { try state.script.read(name) } }
        }
    }

    func giveWay() {
        state.change { $0.log.isQueued = false }
    }

    func write(_ value: PropertyValue, to property: String) async throws {
        try await perform(.write) { state in
            state.log.writes.append(Write(property, value))
            try state.script.write(value, to: property)
        }
    }

    func close() async {
        await perform(.close) { state in
            state.log.isOpen = false
            state.listener = nil
        }
    }

    /// Counts an operation, waits at its gate, does it.
    private func perform<Outcome: Sendable, Failure: Error>(
        _ operation: Operation,
        _ body: (inout State) throws(Failure) -> Outcome
    ) async throws(Failure) -> Outcome {
        let gate = state.change { state in
            state.log.counts[operation, default: 0] += 1
            state.log.overlaps += state.log.running > 0 ? 1 : 0
            state.log.running += 1
            return state.gates[operation]
        }
        await gate?.pass()
        defer { state.change { $0.log.running -= 1 } }
        let result = state.change { state in
            Result { () throws(Failure) -> Outcome in try body(&state) }
        }
        return try result.get()
    }
}
