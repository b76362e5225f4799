// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Keeps what one device has to say until the broker has it: the newest value of each property, nothing older.
///
/// Of each kind one message at a time is on its way; what comes meanwhile goes into the next.
struct DeviceOutbox {
    typealias Values = [String: TwinReport.Value]

    /// The last value of every property, to be said again after a reconnection.
    private(set) var known: Values = [:]
    private var waiting: Values = [:]
    private var apart: Set<String> = []
    private var state: DeviceState?
    private var stateIsWaiting = false
    private var telemetry: [String: Values] = [:]
    private var underway: [Int: Parcel.Content] = [:]

    /// Whether something waits or is on its way; what `canReport` rules out does not count.
    func isIdle(canReport: Bool) -> Bool {
        underway.isEmpty && telemetry.isEmpty && (!canReport || (waiting.isEmpty && !stateIsWaiting))
    }

    /// Whether values wait for a message with earlier ones to arrive.
    var isBehind: Bool {
        underway.values.contains { content in
            switch content {
            case .report: !waiting.isEmpty
            case .telemetry: !telemetry.isEmpty
            case .state, .question: false
            }
        }
    }

    // MARK: In

    /// Adds values for the twin.
    mutating func add(_ values: Values) {
        known.merge(values) { _, newer in newer }
        waiting.merge(values) { _, newer in newer }
    }

    /// Sets the device's state; the one it has already is not said again.
    mutating func set(_ state: DeviceState) {
        guard state != self.state else { return }
        self.state = state
        stateIsWaiting = true
    }

    /// Adds values for a telemetry topic.
    mutating func add(_ values: Values, to topic: String) {
        telemetry[topic, default: [:]].merge(values) { _, newer in newer }
    }

    /// Forgets what was on its way on a connection that is gone.
    mutating func connectionCameBack() {
        for number in underway.keys { returned(number) }
    }

    /// Lets the last known of everything wait once more, because nobody may have heard it.
    mutating func repeatAll() {
        waiting = known
        stateIsWaiting = state != nil
    }

    /// Lets values that were refused together wait again, one message for each, so that the good ones get through.
    mutating func separate(_ names: Set<String>) {
        for name in names { waiting[name] = known[name] }
        apart.formUnion(names)
    }

    /// Forgets properties that the device has no more.
    mutating func keep(only names: Set<String>) {
        known = known.filter { names.contains($0.key) }
        waiting = waiting.filter { names.contains($0.key) }
        apart.formIntersection(names)
    }

    // MARK: Out

    /// Takes the values for the next report; `nil` when none wait or a report is on its way.
    mutating func takeReport() -> Values? {
        guard !isUnderway(where: { if case .report = $0 { true } else { false } }) else { return nil }
        if let name = waiting.keys.filter(apart.contains).min() {
            apart.remove(name)
            return waiting.removeValue(forKey: name).map { [name: $0] }
        }
        guard !waiting.isEmpty else { return nil }
        defer { waiting = [:] }
        return waiting
    }

    /// Takes the state; `nil` when it is known or on its way.
    mutating func takeState() -> DeviceState? {
        guard stateIsWaiting, !isUnderway(where: { if case .state = $0 { true } else { false } }) else { return nil }
        stateIsWaiting = false
        return state
    }

    /// Takes the values for the next telemetry message.
    mutating func takeTelemetry() -> (topic: String, values: Values)? {
        guard !isUnderway(where: { if case .telemetry = $0 { true } else { false } }) else { return nil }
        guard let topic = telemetry.keys.min(), let values = telemetry.removeValue(forKey: topic) else { return nil }
        return (topic, values)
    }

    /// Notes that something is on its way.
    mutating func sent(_ number: Int, _ content: Parcel.Content) { underway[number] = content }

    /// Notes that the broker has it.
    mutating func arrived(_ number: Int) { underway[number] = nil }

    /// Takes back what did not arrive, unless something newer waits already.
    mutating func returned(_ number: Int) {
        switch underway.removeValue(forKey: number) {
        case .report(let values): waiting.merge(values) { newer, _ in newer }
        case .state: stateIsWaiting = true
        case .telemetry(let topic, let values): telemetry[topic, default: [:]].merge(values) { newer, _ in newer }
        case .question, nil: break
        }
    }

    private func isUnderway(where matches: (Parcel.Content) -> Bool) -> Bool {
        underway.values.contains(where: matches)
    }
}
