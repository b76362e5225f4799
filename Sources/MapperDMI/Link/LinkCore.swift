// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit

/// Is the link's state: what EdgeCore said, what waits for EdgeCore, and how much it may still be sent.
///
/// A value that is told what happens and says what to do; it neither waits nor talks to anybody.
struct LinkCore: Sendable {
    private var registry: DeviceRegistry
    /// The protocol that EdgeCore is told of.
    private let registeredProtocol: String
    /// Whether it was said that EdgeCore has no devices.
    private var saysNoDevices = false
    private var queue = ReportQueue()
    private var budget: RequestBudget
    private var refusals: [DeviceID: [String: ReportedTwin.Refusal]] = [:]
    private var stateCycles: [DeviceID: StateCycle] = [:]
    private var actions: [LinkAction] = []
    /// Why EdgeCore refused a device's last request.
    private var answers: [DeviceID: String] = [:]

    /// How long the task that talks was told to wait; `nil` when it does not.
    private var pause: SendingPause?
    /// Whether that is too long by now.
    private var wakes = false

    init(
        _ configuration: DMIConfiguration,
        protocolName: String,
        at uptime: Duration,
        check: @escaping @Sendable (DeviceInstance) -> [Diagnostic]
    ) {
        registry = DeviceRegistry(protocolName: protocolName, check: check)
        registeredProtocol = configuration.protocolName
        budget = RequestBudget(configuration, at: uptime)
    }

    /// Takes what is to be done.
    mutating func takeActions() -> [LinkAction] {
        defer { actions = [] }
        return actions
    }

    /// Whether nothing that is news waits or is on its way.
    var isSettled: Bool { queue.isSettled }

    private mutating func log(_ level: Logger.Level, _ message: String, _ details: [String: String] = [:]) {
        actions.append(.log(level, message, details))
    }

    // MARK: From EdgeCore

    /// Takes a call.
    /// - Returns: why what it brings cannot be used.
    mutating func received(_ call: MapperService.Call, at uptime: Duration) -> String? {
        var entry: DeviceRegistry.Entry?
        switch call {
        case .device(let device): entry = registry.put(device)
        case .deviceRemoved(let id): registry.removeDevice(id)
        case .model(let model): registry.put(model)
        case .modelRemoved(let id): registry.removeModel(id)
        }
        follow(at: uptime)
        guard let entry else { return nil }
        setStateCycle(of: entry.message, at: uptime)
        guard entry.isRefused else { return nil }
        return entry.findings.filter { $0.severity == .error }.map(\.message).joined(separator: "; ")
    }

    /// Notes that EdgeCore is being asked for all devices.
    ///
    /// Nothing is spent yet: an EdgeCore that is not there counts no requests.
    mutating func registering() { registry.listIsAsked() }

    /// Notes that EdgeCore did not take the mapper, because there were too many requests or for another reason.
    mutating func notRegistered(tooMany: Bool, at uptime: Duration) {
        budget.spend(messages: 0, at: uptime)
        if tooMany { budget.refused(at: uptime) }
    }

    /// Takes all devices.
    mutating func registered(_ response: DMIMapperRegisterResponse, at uptime: Duration) {
        budget.spend(messages: 0, at: uptime)
        registry.replace(models: response.modelList, devices: response.deviceList)
        follow(at: uptime)
        for entry in registry.entries.values { setStateCycle(of: entry.message, at: uptime) }
        log(.info, "registered with EdgeCore", ["devices": "\(registry.entries.count)"])
        hintAtNames(isNeeded: registry.entries.isEmpty)
    }

    /// Says why there may be no devices, once until there are some.
    private mutating func hintAtNames(isNeeded: Bool) {
        defer { saysNoDevices = isNeeded }
        guard isNeeded, !saysNoDevices else { return }
        let hint =
            "EdgeCore has no device of this protocol yet; it compares the protocolName of Devices letter for letter"
        log(.notice, hint, ["protocol": registeredProtocol])
    }

    /// Lets the edge be told everything once more, because what it was told last may be lost.
    mutating func cameBack(at uptime: Duration) {
        // Its version may be another one now.
        queue.saysStates = true
        queue.repeatAll(at: uptime)
    }

    /// A device with its twins, as far as they are known; `nil` for one that is not there.
    func device(_ id: DeviceID) -> DMIDevice? {
        guard var device = registry.entries[id]?.message else { return nil }
        let known = queue.devices[id]?.known ?? [:]
        device.status.twins = known.sorted { $0.key < $1.key }.map(\.value.message)
        return device
    }

    /// Does what follows from what EdgeCore said.
    private mutating func follow(at uptime: Duration) {
        let effects = registry.takeEffects()
        if effects.contains(where: \.concernsProfile) {
            actions.append(.emit(.profile(registry.profile)))
        }
        for effect in effects { follow(effect, at: uptime) }
    }

    private mutating func follow(_ effect: DeviceRegistry.Effect, at uptime: Duration) {
        switch effect {
        case .device(let id): changed(id)
        case .desired(let id, let values): actions.append(.emit(.desired(id, values)))
        case .cleared(let id, let names): actions.append(.emit(.desiredCleared(id, names)))
        case .pending(let id, let model):
            log(.notice, "waiting for the device's model", [LogKey.device: "\(id)", "model": "\(model)"])
        case .findings(let id, let findings, let isRefused): say(findings, of: id, isRefused: isRefused, at: uptime)
        case .corrected(let id):
            log(.notice, "the device's definition can be used again, and is", [LogKey.device: "\(id)"])
        case .removed(let id):
            queue.forget(id)
            refusals[id] = nil
            stateCycles[id] = nil
            answers[id] = nil
        }
    }

    private mutating func changed(_ id: DeviceID) {
        guard let entry = registry.entries[id] else { return }
        // What is not reported any more would only be repeated as it once was.
        let names = Set(entry.instance?.properties.filter(\.isTwin).map(\.name) ?? [])
        queue.change(id) { $0.keep(only: names) }
    }

    /// Takes over how often a device's state is wanted; what is under way goes on if that is as before.
    private mutating func setStateCycle(of device: DMIDevice, at uptime: Duration) {
        let wanted = StateCycle(device.status, at: uptime)
        guard wanted?.cycle != stateCycles[device.id]?.cycle else { return }
        stateCycles[device.id] = wanted
        guard wanted?.isNanoseconds == true else { return }
        let number = device.status.reportCycle
        log(
            .warning,
            "the 'reportCycle' of states is \(number): as milliseconds that is far too long, so it is taken as nanoseconds; "
                + "write \(number / 1_000_000) for that",
            [LogKey.device: "\(device.id)"]
        )
    }

    private mutating func say(_ findings: [Diagnostic], of id: DeviceID, isRefused: Bool, at uptime: Duration) {
        for finding in findings {
            log(finding.severity == .error ? .error : .warning, finding.message, [LogKey.device: "\(id)"])
        }
        guard isRefused else { return }
        guard registry.entries[id]?.instance == nil else {
            log(.error, "the device goes on as it was defined before", [LogKey.device: "\(id)"])
            return
        }
        log(.error, "the device cannot be used as it is defined; correct its Device object", [LogKey.device: "\(id)"])
        change(id) { $0.set(.unhealthy, at: uptime) }
    }

    // MARK: To EdgeCore

    /// Takes values for a twin.
    mutating func report(_ report: TwinReport, at uptime: Duration) {
        guard registry.entries[report.device] != nil else { return }
        let twins = checked(report)
        change(report.device) { $0.add(twins, at: uptime) }
    }

    /// Takes a device's state.
    mutating func report(_ state: DeviceState, of device: DeviceID, at uptime: Duration) {
        guard registry.entries[device]?.instance != nil else { return }
        change(device) { $0.set(ReportedState(state), at: uptime) }
    }

    /// The values that EdgeCore keeps; what is wrong with the others is said once for each.
    private mutating func checked(_ report: TwinReport) -> [String: ReportedTwin] {
        var twins: [String: ReportedTwin] = [:]
        for (name, value) in report.values {
            do throws(ReportedTwin.Refusal) {
                twins[name] = try ReportedTwin(name, value)
                refusals[report.device]?[name] = nil
            } catch {
                guard refusals[report.device, default: [:]].updateValue(error, forKey: name) != error else { continue }
                let details = [LogKey.device: "\(report.device)", LogKey.property: name, LogKey.reported: value.text]
                log(.warning, "EdgeCore does not keep this value: \(error.advice)", details)
            }
        }
        return twins
    }

    /// Lets states be said again whose time has come.
    mutating func tick(at uptime: Duration) {
        for id in stateCycles.keys where stateCycles[id]?.isDue(at: uptime) == true {
            change(id) { $0.repeatState(at: uptime) }
        }
    }

    /// Says what to do next, and takes it.
    mutating func next(at uptime: Duration) -> NextStep {
        pause = nil
        let moment = budget.nextUptime(at: uptime)
        guard moment <= uptime else { return wait(until: queue.isEmpty ? nil : moment, moment) }
        guard let parcel = queue.take(at: uptime) else { return wait(until: queue.nextUptime, moment) }
        budget.spend(messages: parcel.messages, at: uptime)
        return .send(parcel)
    }

    private mutating func wait(until moment: Duration?, _ allowed: Duration) -> NextStep {
        pause = SendingPause(until: moment, allowed: allowed)
        return .wait(until: moment)
    }

    /// Whether the task that talks has to be woken; said once for each pause.
    ///
    /// It is left in peace where nothing could go any sooner: hundreds of devices report each second, and what
    /// ``next(at:)`` said itself is no news.
    mutating func takeWake() -> Bool {
        defer { wakes = false }
        return wakes
    }

    /// Changes what a device has to say, which may be what the task that talks waits for.
    private mutating func change(_ device: DeviceID, _ body: (inout DeviceReports) -> Void) {
        queue.change(device, body)
        guard let pause, let moment = queue.devices[device]?.nextUptime(saysStates: queue.saysStates),
            pause.isTooLong(for: moment)
        else { return }
        wakes = true
        self.pause = nil
    }

    /// Notes how a request ended.
    mutating func sent(_ parcel: Parcel, _ outcome: CallOutcome, at uptime: Duration) {
        let device = parcel.device
        // Nothing is kept of a device that was removed meanwhile.
        guard registry.entries[device] != nil else { return }
        switch outcome {
        case .accepted:
            budget.accepted()
            answers[device] = nil
            queue.change(device) { $0.delivered(at: uptime) }
        case .tooMany:
            budget.refused(at: uptime)
            queue.change(device) { $0.returned(at: uptime) }
        case .unimplemented:
            guard case .state = parcel.content else { return refused(device, "it takes no reports", at: uptime) }
            queue.saysStates = false
            queue.change(device) { $0.returned(at: uptime) }
            log(.info, "EdgeCore before 1.18 takes no states of devices: none are reported")
        case .refused(let reason): refused(device, reason, at: uptime)
        case .lost: queue.change(device) { $0.returned(at: uptime) }
        }
    }

    private mutating func refused(_ device: DeviceID, _ reason: String, at uptime: Duration) {
        queue.change(device) { $0.returned(at: uptime, pause: .seconds(60)) }
        guard answers.updateValue(reason, forKey: device) != reason else { return }
        log(.warning, "EdgeCore refuses a report", [LogKey.device: "\(device)", LogKey.error: reason])
    }

    /// Whether something is to be done.
    var hasActions: Bool { !actions.isEmpty }
}
