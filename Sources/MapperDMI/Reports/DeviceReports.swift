// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Keeps what one device has to say until EdgeCore has it: the newest value of each property and the newest state.
struct DeviceReports: Sendable {
    typealias Values = [String: ReportedTwin]

    /// How often a property is sent before it may be silent: CloudCore loses the first value of each
    /// (`cloud/pkg/devicecontroller/controller/upstream.go`, v1.16.2 to v1.23.1).
    private static let leastTimes = 2
    /// The least time between two requests: EdgeCore can swap what comes close together.
    private static let spacing = Duration.milliseconds(200)
    /// More twins than this make a request that EdgeCore and what comes after it choke on.
    private static let twinLimit = 500

    /// The newest value of every property.
    private(set) var known: Values = [:]
    /// Values that the edge does not have.
    private var fresh: [String: Duration] = [:]
    /// Values that the edge has, to be sent once more.
    private var again: [String: Duration] = [:]
    /// Those of the fresh values that confirm what was desired, which somebody waits for.
    private var confirming: Set<String> = []
    private var times: [String: Int] = [:]
    private var state: ReportedState?
    private var stateSince: Duration?
    /// Whether the state that waits is another one than the edge knows.
    private var hasStateChanged = false
    private var lastRequest: Duration?
    private var notBefore = Duration.zero
    private var underway: Parcel.Content?

    /// Whether nothing that is news waits or is on its way.
    func isSettled(saysStates: Bool) -> Bool {
        fresh.isEmpty && underway == nil && (stateSince == nil || !saysStates)
    }

    /// The state the edge was told, or is to be told.
    var currentState: ReportedState? { state }

    // MARK: In

    /// Takes values; those that the edge has already are merely to be said again.
    mutating func add(_ values: Values, at uptime: Duration) {
        for (name, value) in values {
            let old = known.updateValue(value, forKey: name)
            if value.confirms(insteadOf: old) { confirming.insert(name) }
            if let old, old.says(value), fresh[name] == nil {
                // What is on its way already is said again by that.
                if !isUnderway(name) { again[name] = again[name] ?? uptime }
            } else {
                fresh[name] = fresh[name] ?? uptime
                again[name] = nil
            }
        }
    }

    /// Takes the state; the one it has already is not said again.
    mutating func set(_ state: ReportedState, at uptime: Duration) {
        guard state != self.state else { return }
        // That a new device answers is seen by its values, too; hundreds of devices say so when a mapper starts.
        let isChange = self.state != nil || state != .online
        self.state = state
        // One that changes all the time does not lose its place by that.
        stateSince = hasStateChanged ? stateSince ?? uptime : uptime
        hasStateChanged = isChange
    }

    /// Lets the state be said again.
    mutating func repeatState(at uptime: Duration) {
        if state != nil { stateSince = stateSince ?? uptime }
    }

    /// Lets everything be said again, as nobody may remember it.
    mutating func repeatAll(at uptime: Duration) {
        for name in known.keys where fresh[name] == nil { again[name] = again[name] ?? uptime }
        repeatState(at: uptime)
    }

    /// Forgets properties that the device has no more.
    mutating func keep(only names: Set<String>) {
        known = known.filter { names.contains($0.key) }
        fresh = fresh.filter { names.contains($0.key) }
        again = again.filter { names.contains($0.key) }
        times = times.filter { names.contains($0.key) }
        confirming.formIntersection(names)
    }

    // MARK: Out

    /// Since when something waits that belongs into a lane; `nil` when nothing does, or not yet.
    func waiting(in lane: ReportLane, at uptime: Duration, saysStates: Bool) -> Duration? {
        guard underway == nil, uptime >= earliest else { return nil }
        let stateSince = saysStates && lane == stateLane ? stateSince : nil
        return [valuesSince(in: lane), stateSince].compactMap { $0 }.min()
    }

    private func valuesSince(in lane: ReportLane) -> Duration? {
        switch lane {
        case .awaited: confirming.lazy.compactMap { fresh[$0] }.min()
        case .news: fresh.lazy.filter { !confirming.contains($0.key) }.map(\.value).min()
        case .repeats: again.values.min()
        }
    }

    /// When something that waits may go; `nil` when nothing waits.
    func nextUptime(saysStates: Bool) -> Duration? {
        guard underway == nil else { return nil }
        let waits = !fresh.isEmpty || !again.isEmpty || (saysStates && stateSince != nil)
        return waits ? earliest : nil
    }

    /// Takes what waits: all values at once, whatever lane called, since a request costs the same.
    mutating func take(from lane: ReportLane, at uptime: Duration, saysStates: Bool) -> Parcel.Content? {
        lastRequest = uptime
        let content = saysStates ? takeState(lane) ?? takeValues() : takeValues()
        underway = content
        return content
    }

    /// Notes that EdgeCore has what was on its way.
    mutating func delivered(at uptime: Duration) {
        defer { underway = nil }
        guard case .twins(let values) = underway else {
            if stateSince == nil { hasStateChanged = false }
            return
        }
        for (name, value) in values where known[name]?.confirms(insteadOf: value) != true { confirming.remove(name) }
        for name in values.keys where known[name] != nil {
            times[name, default: 0] += 1
            if times[name, default: 0] < Self.leastTimes, fresh[name] == nil { again[name] = again[name] ?? uptime }
        }
    }

    /// Lets what was on its way wait again, unless something newer does.
    /// - Parameter pause: For how long this device is not to be tried.
    mutating func returned(at uptime: Duration, pause: Duration = .zero) {
        defer { underway = nil }
        notBefore = uptime + pause
        switch underway {
        case .twins(let values):
            for name in values.keys where known[name] != nil { fresh[name] = fresh[name] ?? uptime }
        case .state: stateSince = stateSince ?? uptime
        case nil: break
        }
    }

    private var earliest: Duration {
        max(notBefore, lastRequest.map { $0 + Self.spacing } ?? .zero)
    }

    /// Somebody may have to act on a change; what is merely repeated is seen by the values, too, if the device answers.
    private var stateLane: ReportLane {
        if hasStateChanged { return .awaited }
        return state == .online ? .repeats : .news
    }

    private func isUnderway(_ name: String) -> Bool {
        guard case .twins(let values) = underway else { return false }
        return values[name] != nil
    }

    private mutating func takeState(_ lane: ReportLane) -> Parcel.Content? {
        guard let state, let since = stateSince, lane == stateLane else { return nil }
        if let values = valuesSince(in: lane), values < since { return nil }
        stateSince = nil
        return .state(state)
    }

    private mutating func takeValues() -> Parcel.Content? {
        let awaited = fresh.filter { confirming.contains($0.key) }
        let others = fresh.filter { !confirming.contains($0.key) }
        let order = [awaited, others, again].flatMap { values in values.sorted { $0.value < $1.value } }
        let names = order.prefix(Self.twinLimit).map(\.key)
        guard !names.isEmpty else { return nil }
        for name in names {
            fresh[name] = nil
            again[name] = nil
        }
        return .twins(known.filter { names.contains($0.key) })
    }
}
