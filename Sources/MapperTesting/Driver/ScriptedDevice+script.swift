// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

extension ScriptedDevice {
    /// Gives a property a raw value, which also ends a failure scripted for reading it.
    public func set(_ property: String, _ value: PropertyValue, quality: Sample.Quality = .good) {
        set(property, Sample(value, quality: quality))
    }

    /// Gives a property a reading with a time of its own.
    public func set(_ property: String, _ sample: Sample) {
        state.change { state in
            state.script.samples[property] = sample
            state.script.readFailures[property] = nil
        }
    }

    /// The raw value a property has now, whoever set it.
    public func value(_ property: String) -> PropertyValue? {
        state.now.script.samples[property]?.value
    }

    /// Lets opening fail.
    /// - Parameters:
    ///   - error: What opening it throws.
    ///   - times: How often; until ``recover()`` when `nil`.
    public func failOpening(_ error: any Error, times: Int? = nil) {
        state.change { $0.script.openFailure = Script.Failure(error: error, times: times) }
    }

    /// Lets reading a property fail.
    /// - Parameters:
    ///   - property: The property.
    ///   - error: What reading it throws.
    ///   - times: How often; until ``recover()`` or a new value when `nil`.
    public func failReading(_ property: String, _ error: any Error, times: Int? = nil) {
        state.change { $0.script.readFailures[property] = Script.Failure(error: error, times: times) }
    }

    /// Lets writing a property fail; the attempts are recorded.
    /// - Parameters:
    ///   - property: The property.
    ///   - error: What writing it throws.
    ///   - times: How often; until ``recover()`` when `nil`.
    public func failWriting(_ property: String, _ error: any Error, times: Int? = nil) {
        state.change { $0.script.writeFailures[property] = Script.Failure(error: error, times: times) }
    }

    /// Takes the device away: opening, reading and writing fail until ``recover()``.
    public func vanish(_ error: any Error = DeviceError(.disconnected, "the test took the device away")) {
        state.change { state in
            state.script.openFailure = Script.Failure(error: error)
            state.script.failure = Script.Failure(error: error)
        }
    }

    /// Lets batches be read in portions of so many properties.
    /// - Parameters:
    ///   - count: How many.
    ///   - takingOthers: Whether properties that are due soon join the last portion.
    public func readInPortions(of count: Int, takingOthers: Bool = false) {
        state.change { state in
            state.script.portionSize = max(count, 1)
            state.script.takesOthers = takingOthers
        }
    }

    /// Lets every batch with this property wait, as for a bus that others use, and give way to commands.
    /// - Parameter property: The property; `nil` ends it.
    public func queueReadings(of property: String?) {
        state.change { $0.script.queued = property }
    }

    /// Waits until a batch waits.
    /// - Throws: `CancellationError` when the test is cancelled.
    public func waitForQueuedReading() async throws {
        try await state.first { $0.log.isQueued ? () : nil }
    }

    /// Has the device say something by itself, to the session that is open.
    public func say(_ news: DeviceNews) {
        if case .sample(let property, let sample) = news { set(property, sample) }
        state.now.listener?(news)
    }

    /// Waits until somebody listens to what the device says by itself.
    /// - Throws: `CancellationError` when the test is cancelled.
    public func waitForListener() async throws {
        try await state.first { $0.listener == nil ? nil : () }
    }

    /// Ends all failures; values stay.
    public func recover() {
        state.change { state in
            state.script.openFailure = nil
            state.script.failure = nil
            state.script.readFailures = [:]
            state.script.writeFailures = [:]
        }
    }

    /// Holds an operation up from now on, until the gate is opened.
    /// - Parameters:
    ///   - operation: The operation.
    ///   - blockingThread: Whether the thread is blocked, as a C library would, instead of the task.
    @discardableResult
    public func block(_ operation: Operation, blockingThread: Bool = false) -> Gate {
        let gate = Gate(blocksThread: blockingThread)
        state.change { $0.gates[operation] = gate }
        return gate
    }
}
