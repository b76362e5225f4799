// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging

/// Keeps one running task for each device that the profile wants, with the smallest change from one profile to the next.
struct DeviceFleet<Driver: DeviceDriver>: ~Copyable {
    typealias BoundDevice = Device<Driver.ProtocolConfig, Driver.VisitorConfig>

    private struct Running {
        var device: BoundDevice
        let mailbox: DeviceMailbox<BoundDevice>
        let completion: Completion
    }

    private let driver: Driver
    private let link: any EdgeLink
    private let options: MapperOptions
    private let clock: any MapperClock
    private let logger: Logger
    private let roster: DeviceRoster
    private let threads = BlockingThreads()
    private var running: [DeviceID: Running] = [:]
    /// Devices that were told to stop; one that comes back starts when its predecessor has ended.
    private var stopping: [DeviceID: Completion] = [:]
    /// What was said of the devices together.
    private var remarks: Set<Diagnostic> = []

    init(
        driver: Driver,
        link: any EdgeLink,
        options: MapperOptions,
        clock: any MapperClock,
        logger: Logger,
        roster: DeviceRoster
    ) {
        self.driver = driver
        self.link = link
        self.options = options
        self.clock = clock
        self.logger = logger
        self.roster = roster
    }

    /// The devices that run.
    var devices: [DeviceID] { running.keys.sorted() }

    /// Passes desired values on to their device.
    func desire(_ values: [String: DesiredValue], of device: DeviceID) {
        running[device]?.mailbox.desire(values)
    }

    /// Passes on that nothing is desired of some properties any more.
    func clearDesired(_ names: Set<String>, of device: DeviceID) {
        running[device]?.mailbox.clearDesired(names)
    }

    /// Makes what runs equal to what a profile wants.
    mutating func reconcile(_ profile: DeviceProfile, in group: inout DiscardingTaskGroup) {
        let binding = DriverBinding(driver)
        let wanted = profile.devices.filter(binding.concerns)
        let generations = Dictionary(wanted.map { ($0.id, $0.generation) }) { first, _ in first }
        for id in running.keys.sorted() where generations[id] != running[id]?.device.instance.generation { stop(id) }
        for instance in wanted where running[instance.id]?.device.instance != instance {
            let (device, diagnostics) = binding.bind(instance)
            guard let device else {
                log(diagnostics, of: instance.id)
                continue
            }
            if running[instance.id] == nil {
                start(device, in: &group)
            } else {
                logger.info("changed", metadata: [LogKey.device: "\(instance.id)"])
                running[instance.id]?.device = device
                running[instance.id]?.mailbox.replace(device)
            }
        }
        remark(on: binding.check(devices.compactMap { running[$0]?.device }))
    }

    /// Says once what devices do to each other, a line that cannot serve them all for one.
    private mutating func remark(on findings: [Diagnostic]) {
        for finding in findings where !remarks.contains(finding) { logger.warning("\(finding)") }
        remarks = Set(findings)
    }

    private mutating func start(_ device: BoundDevice, in group: inout DiscardingTaskGroup) {
        logger.info("started", metadata: [LogKey.device: "\(device.id)"])
        let mailbox = DeviceMailbox<BoundDevice>()
        let completion = Completion()
        running[device.id] = Running(device: device, mailbox: mailbox, completion: completion)
        let predecessor = stopping.removeValue(forKey: device.id)
        let (driver, link, options, clock, logger, roster) = (driver, link, options, clock, logger, roster)
        roster.entered(device.id)
        group.addTask(executorPreference: BlockingExecutor(threads)) {
            await predecessor?.wait()
            var loop = DeviceLoop(
                device,
                driver: driver,
                link: link,
                mailbox: mailbox,
                options: options,
                clock: clock,
                logger: logger
            )
            await loop.run()
            roster.left(device.id)
            completion.finish()
        }
    }

    private mutating func stop(_ id: DeviceID) {
        guard let device = running.removeValue(forKey: id) else { return }
        logger.info("removed", metadata: [LogKey.device: "\(id)"])
        device.mailbox.stop()
        stopping[id] = device.completion
    }

    private func log(_ diagnostics: [Diagnostic], of id: DeviceID) {
        for diagnostic in diagnostics {
            logger.error("the device's configuration is refused: \(diagnostic)", metadata: [LogKey.device: "\(id)"])
        }
    }
}
