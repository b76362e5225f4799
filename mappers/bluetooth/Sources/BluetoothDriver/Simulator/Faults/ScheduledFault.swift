// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Lets a fault begin and end on one peripheral.
struct ScheduledFault: Hashable, Sendable {
    let fault: SimulatorFault
    /// Whether it shows now.
    private(set) var isOn = false

    init(_ fault: SimulatorFault) { self.fault = fault }

    /// What happens at a moment: once when the fault begins, once when it ends.
    mutating func change(at now: Duration) -> SimulatorCommand.Action? {
        let shows = shows(at: now)
        guard shows != isOn else { return nil }
        isOn = shows
        return shows ? fault.effect.beginning : fault.effect.end
    }

    /// When it begins or ends next; `nil` when it never does.
    func nextChange(after now: Duration) -> Duration? {
        guard case .periodic(let active, let period) = fault.occurrence else { return isOn ? nil : now }
        let start = period * Int((now / period).rounded(.down))
        let beginning = start + period - active
        return now < beginning ? beginning : start + period
    }

    private func shows(at now: Duration) -> Bool {
        guard case .periodic(let active, let period) = fault.occurrence else { return true }
        return now - period * Int((now / period).rounded(.down)) >= period - active
    }
}

extension SimulatorFault.Effect {
    fileprivate var beginning: SimulatorCommand.Action {
        switch self {
        case .lose: .lose
        case .refuse(let count): .refuse(count)
        case .silent: .silent
        case .slow(let delay): .slow(delay)
        case .absent: .absent
        case .error(let uuid, let code): .error(uuid, code)
        case .shift(let gap): .shift(gap)
        }
    }

    /// `nil` for what is over at once.
    fileprivate var end: SimulatorCommand.Action? {
        switch self {
        case .lose: nil
        case .refuse: .refuse(0)
        case .silent: .speak
        case .slow: .slow(.zero)
        case .absent: .present
        case .error(let uuid, _): .error(uuid, 0)
        case .shift: .shift(0)
        }
    }
}
