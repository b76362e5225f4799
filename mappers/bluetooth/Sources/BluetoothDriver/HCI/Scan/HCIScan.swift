// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Keeps a controller scanning passively, whatever others do to it.
///
/// The kernel ends a raw scan without a word as soon as anybody connects, in favour of one that lets only the device to
/// connect to through, and does not resume it. So it is begun anew a moment after the beginning of every attempt, which the
/// kernel makes as soon as it hears the device by whichever scan; after every attempt; and when nothing has been heard for
/// long. Discovery needs the kernel's own scan, which asks for names; so this one keeps away from it.
///
/// Knows neither socket nor clock.
struct HCIScan: Hashable, Sendable {
    enum Action: Hashable, Sendable {
        case send(HCICommand)
        /// Lets the answers to commands through the socket, besides reports.
        case listenToAnswers
        /// Lets only reports through.
        case listenToReports
        case report([UInt8])
        case tell(HCIScanNotice)
    }

    private enum Step: Hashable, Sendable {
        // First: a scanner that was killed leaves the controller scanning, and parameters cannot be set then.
        case disable
        case parameters
        case enable
    }

    private enum Phase: Hashable, Sendable {
        case stopped
        case arming(Step, answerBy: Duration)
        case listening(until: Duration)
        /// Waits after a failure.
        case resting(until: Duration)
        /// Leaves the controller to those who discover; for longer than that takes, but not for ever.
        case held(until: Duration)
    }

    /// What the kernel gives a controller.
    private static let answerTime = Duration.seconds(2)
    /// Within what time the kernel has begun the scan for a connection.
    private static let disturbance = Duration.milliseconds(300)
    private static let longestHold = Duration.seconds(60)
    private static let firstPause = Duration.seconds(1)
    private static let longestPause = Duration.seconds(30)
    /// The controller's words for commands of the wrong set: disallowed, and unknown.
    private static let wrongDialect: Set<UInt8> = [0x0C, 0x01]

    let settings: HCIScanSettings
    private(set) var dialect = HCIDialect.legacy
    private var phase = Phase.stopped
    private var pause = HCIScan.firstPause
    private var discoveries = 0
    /// Whether the other set was tried already since the beginning was last tried.
    private var hasSwitched = false

    init(_ settings: HCIScanSettings) {
        self.settings = settings
    }

    /// When ``timePassed(_:)`` has something to do.
    var deadline: Duration? {
        switch phase {
        case .stopped: nil
        case .arming(_, let time), .listening(let time), .resting(let time), .held(let time): time
        }
    }

    /// Begins.
    mutating func start(_ now: Duration) -> [Action] {
        discoveries = 0
        return arm(now)
    }

    /// Takes note that somebody begins to connect: the kernel begins a scan of its own now, which ends this one.
    ///
    /// It hears the device to connect to just as well while this one goes on in its place, and connects.
    mutating func disturb(_ now: Duration) -> [Action] {
        switch phase {
        case .stopped, .held: break
        case .arming, .listening, .resting: phase = .resting(until: now + Self.disturbance)
        }
        return []
    }

    /// Takes note that an attempt to connect has ended, whatever came of it, and begins anew.
    mutating func resume(_ now: Duration) -> [Action] {
        switch phase {
        case .stopped, .held: []
        case .arming, .listening, .resting: arm(now)
        }
    }

    /// Takes note that somebody is about to discover devices.
    mutating func hold(_ now: Duration) -> [Action] {
        guard phase != .stopped else { return [] }
        discoveries += 1
        // Counted from the first: discoveries that follow each other closely must not end scanning for good.
        if case .held = phase { return [] }
        phase = .held(until: now + Self.longestHold)
        return []
    }

    /// Takes note that discovery has ended, and begins anew unless others are under way.
    mutating func rearm(_ now: Duration) -> [Action] {
        guard phase != .stopped else { return [] }
        discoveries = max(discoveries - 1, 0)
        return discoveries == 0 ? arm(now) : []
    }

    /// Ends scanning.
    mutating func stop() -> [Action] {
        guard phase != .stopped else { return [] }
        phase = .stopped
        return [.send(dialect.enable(false))]
    }

    /// Takes what came from the socket.
    mutating func receive(_ packet: [UInt8], _ now: Duration) -> [Action] {
        switch HCIEvent(packet) {
        case .reports(let bytes):
            guard phase != .stopped else { return [] }
            pause = Self.firstPause
            if case .listening = phase { phase = .listening(until: now + settings.watchdog) }
            return [.report(bytes)]
        case .answer(let opcode, let status): return answered(opcode, status, now)
        case .other, nil: return []
        }
    }

    /// Takes note that the socket did not take a command.
    mutating func notSent(_ error: BluetoothErrno, _ now: Duration) -> [Action] {
        guard phase != .stopped else { return [] }
        return rest(now) { .notSent(error, retryAfter: $0) }
    }

    /// Does what is due.
    mutating func timePassed(_ now: Duration) -> [Action] {
        guard let deadline, now >= deadline else { return [] }
        switch phase {
        case .stopped: return []
        case .arming(let step, _):
            return rest(now) { [opcode = command(step).opcode] in
                .unanswered(opcode: opcode, retryAfter: $0)
            }
        case .listening: return [.tell(.silent(settings.watchdog))] + arm(now)
        case .resting: return arm(now)
        case .held:
            discoveries = 0
            return arm(now)
        }
    }

    // MARK: - Beginning

    private mutating func arm(_ now: Duration) -> [Action] {
        hasSwitched = false
        return [.listenToAnswers] + send(.disable, now)
    }

    private mutating func send(_ step: Step, _ now: Duration) -> [Action] {
        phase = .arming(step, answerBy: now + Self.answerTime)
        return [.send(command(step))]
    }

    private func command(_ step: Step) -> HCICommand {
        switch step {
        case .disable: dialect.enable(false)
        case .parameters: dialect.parameters(settings)
        case .enable: dialect.enable(true, dropsDuplicates: settings.dropsDuplicates)
        }
    }

    private mutating func answered(_ opcode: UInt16, _ status: UInt8, _ now: Duration) -> [Action] {
        guard case .arming(let step, _) = phase, command(step).opcode == opcode else { return [] }
        switch (step, status) {
        // Some refuse to end what is not going on; whether the commands are the right ones shows with the next.
        case (.disable, _): return send(.parameters, now)
        case (.parameters, 0): return send(.enable, now)
        case (.enable, 0):
            phase = .listening(until: now + settings.watchdog)
            return [.listenToReports, .tell(.scanning(dialect))]
        case (.parameters, let status) where Self.wrongDialect.contains(status) && !hasSwitched:
            hasSwitched = true
            dialect = dialect == .legacy ? .extended : .legacy
            return send(.disable, now)
        case (_, let status): return rest(now) { .refused(opcode: opcode, status: status, retryAfter: $0) }
        }
    }

    private mutating func rest(_ now: Duration, _ notice: (Duration) -> HCIScanNotice) -> [Action] {
        phase = .resting(until: now + pause)
        defer { pause = min(pause * 2, Self.longestPause) }
        return [.tell(notice(pause))]
    }
}
