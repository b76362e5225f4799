// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging

/// Runs one device: opens it, reads it on schedule, applies what is desired, and reports; until it is told to stop.
///
/// There is one loop for reading and writing, so they never overlap, and no value read before a write is reported
/// after it.
struct DeviceLoop<Driver: DeviceDriver> {
    typealias BoundDevice = Device<Driver.ProtocolConfig, Driver.VisitorConfig>
    typealias Visitor = PropertyVisitor<Driver.VisitorConfig>

    let driver: Driver
    let link: any EdgeLink
    let mailbox: DeviceMailbox<BoundDevice>
    let options: MapperOptions
    let clock: any MapperClock
    let logger: Logger
    let metrics: DeviceMetrics

    var device: BoundDevice
    var twin: DeviceTwinState
    var plan: CollectionPlan
    var availability = DeviceAvailability()
    var faults = PropertyFaults()
    var telemetrySent: [String: Duration] = [:]
    /// Since when a reading that is due has been put off, because the link is behind.
    var heldBackSince: Duration?
    /// When each property was written last; what was said before that is out of date.
    var writtenUptimes: [String: Duration] = [:]
    /// Whether there is a session.
    private var isServing = false
    private var isStopped = false
    /// The session in use does not fit the device any more, or the device is gone: it has to be opened anew.
    var needsReopening = false
    /// The session in use ends for another description of the device.
    private var isRedescribed = false

    init(
        _ device: BoundDevice,
        driver: Driver,
        link: any EdgeLink,
        mailbox: DeviceMailbox<BoundDevice>,
        options: MapperOptions,
        clock: any MapperClock,
        logger: Logger
    ) {
        self.device = device
        self.driver = driver
        self.link = link
        self.mailbox = mailbox
        self.options = options
        self.clock = clock
        var logger = logger
        logger[metadataKey: LogKey.device] = "\(device.id)"
        self.logger = logger
        metrics = DeviceMetrics(device.id)
        twin = DeviceTwinState(device.instance, deadbands: driver.deadbands(of: device))
        plan = CollectionPlan(device.instance.properties, start: clock.uptime)
    }

    /// A session that ends before has been of no use.
    private static var shortSession: Duration { .seconds(1) }

    /// Runs until the task is cancelled or the mailbox says stop.
    mutating func run() async {
        desire(initialDesired(of: device.instance))
        var shortSessions = 0
        while let session = await connect() {
            let opened = clock.uptime
            await serve(session)
            await session.close()
            // How often people change a description says nothing about the device.
            let wasShort = !isRedescribed && clock.uptime - opened < Self.shortSession
            shortSessions = wasShort ? shortSessions + 1 : 0
            // The first time it may have been chance; a device that only ever ends connections must not be opened all
            // the time.
            if shortSessions > 1, needsReopening {
                await pause(until: clock.uptime + options.reopenPause(afterFailures: shortSessions - 1, lineTime: nil))
            }
        }
        link.report(.unknown, of: device.id)
    }

    var shouldStop: Bool { isStopped || Task.isCancelled }

    // MARK: Opening

    /// Opens the device, trying again until it works; `nil` when the device is to stop.
    private mutating func connect() async -> Driver.Session? {
        var failures = 0
        while true {
            if readLetters() { failures = 0 }
            if shouldStop { return nil }
            do {
                let session = try await driver.open(device)
                needsReopening = false
                isRedescribed = false
                plan = freshPlan()
                return session
            } catch {
                if shouldStop { return nil }
                failures += 1
                let error = DeviceError(error)
                noteAbsence(error)
                let pause = options.reopenPause(afterFailures: failures, lineTime: error.lineTime)
                await self.pause(until: clock.uptime + pause)
            }
        }
    }

    /// Waits between two attempts, taking letters as they come; a new description of the device ends the wait.
    private mutating func pause(until deadline: Duration) async {
        while clock.uptime < deadline, !shouldStop {
            await mailbox.wait(untilUptime: deadline, clock: clock)
            if readLetters() { return }
        }
    }

    // MARK: Serving

    private mutating func serve(_ session: Driver.Session) async {
        if plan.nextUptime == nil { noteAnswer() }
        isServing = true
        defer { isServing = false }
        if let session = session as? any PushingSession {
            session.push { [mailbox, clock] news in mailbox.tell(news, at: clock.uptime) }
        }
        while !shouldStop, !needsReopening {
            await applyDesired(session)
            if !shouldStop, !needsReopening, !isHeldBack() { await collect(session) }
            sendReports()
            if shouldStop || needsReopening { break }
            let twinUptime = twin.nextUptime(refresh: options.refreshInterval)
            await mailbox.wait(untilUptime: [nextCollection, twinUptime].compactMap(\.self).min(), clock: clock)
            _ = readLetters()
        }
    }

    /// Takes what has come by mail.
    /// - Returns: whether the device has to be opened anew because its description changed.
    mutating func readLetters() -> Bool {
        let letters = mailbox.take()
        isStopped = isStopped || letters.isStopped
        var isRestart = false
        if let newer = letters.device {
            isRestart = device.instance.needsReopening(for: newer.instance)
            adopt(newer)
            needsReopening = needsReopening || isRestart
            isRedescribed = isRedescribed || isRestart
        }
        for name in letters.cleared { twin[name]?.clearDesired() }
        desire(letters.desired)
        // What an earlier session said last says nothing about this one.
        if isServing { takeNews(letters) }
        return isRestart
    }

    private mutating func adopt(_ newer: BoundDevice) {
        let older = device.instance
        device = newer
        let deadbands = driver.deadbands(of: newer)
        let isElsewhere = older.protocolConfig != newer.instance.protocolConfig
        let refusals = twin.update(
            newer.instance,
            deadbands: deadbands,
            isElsewhere: isElsewhere,
            now: clock.uptime
        )
        for (name, error) in refusals {
            logRefusal(of: name, error)
        }
        // The schedule of a device whose cycles stay goes on without a gap.
        if newer.instance.cycles != older.cycles {
            plan = freshPlan()
        }
        desire(newer.instance.desiredChanges(since: older))
    }

    /// The schedule from this moment on; each device has its own place within the shortest cycle.
    private func freshPlan() -> CollectionPlan {
        let cycles = device.instance.properties.compactMap(\.collectCycle)
        guard options.spreadsCycles, let shortest = cycles.min() else {
            return CollectionPlan(device.instance.properties, start: clock.uptime)
        }
        let place = Double(device.id.description.utf8.reduce(5381) { ($0 &* 33 &+ UInt32($1)) % 10007 }) / 10007
        return CollectionPlan(device.instance.properties, start: clock.uptime, lead: shortest * place)
    }

    private func initialDesired(of instance: DeviceInstance) -> [String: DesiredValue] {
        instance.desired.mapValues { DesiredValue($0, mayBeSettled: true) }
    }
}
