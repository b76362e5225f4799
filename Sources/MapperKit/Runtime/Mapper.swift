// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import Logging
public import ServiceLifecycle

/// Runs the devices that an edge link wants with one driver, until its task is cancelled or shut down gracefully.
///
/// Every device is a task with an executor of its own: what blocks, hangs or fails there concerns nobody else.
public struct Mapper<Driver: DeviceDriver>: Service {
    private let driver: Driver
    private let link: any EdgeLink
    private let options: MapperOptions
    private let clock: any MapperClock
    private let logger: Logger

    /// Creates a mapper; nothing happens before ``run()``.
    public init(
        driver: Driver,
        link: any EdgeLink,
        options: MapperOptions = MapperOptions(),
        clock: any MapperClock = SystemClock(),
        logger: Logger
    ) {
        self.driver = driver
        self.link = link
        self.options = options
        self.clock = clock
        self.logger = logger
    }

    /// Runs until cancelled.
    ///
    /// Then devices are closed, every device's state becomes unknown, and the link sends what waits.
    ///
    /// A device that does not let go of a blocking call keeps this from returning; the last reports go out all the same,
    /// after ``MapperOptions/shutdownGrace``.
    /// - Throws: what the link throws, a certificate that cannot be read for one.
    public func run() async throws {
        try await cancelWhenGracefulShutdown {
            try await self.runUntilCancelled()
        }
    }

    private func runUntilCancelled() async throws {
        // Not a child task: it has to outlive the cancellation by as long as the devices' last reports take.
        let linkTask = Task { [link] in
            defer { link.events.finish() }
            try await link.run()
        }
        let roster = DeviceRoster()
        await withTaskCancellationHandler {
            await runDevices(roster)
        } onCancel: {
            stopLinkLater(linkTask, roster)
        }
        linkTask.cancel()
        try await linkTask.value
    }

    private func stopLinkLater(_ linkTask: Task<Void, any Error>, _ roster: DeviceRoster) {
        let (clock, grace, logger) = (clock, options.shutdownGrace, logger)
        // Not a child task either: children of a cancelled task cannot wait.
        Task {
            try? await clock.sleep(untilUptime: clock.uptime + grace)
            for device in roster.devices {
                logger.warning("the device's driver does not let go", metadata: [LogKey.device: "\(device)"])
            }
            linkTask.cancel()
        }
    }

    private func runDevices(_ roster: DeviceRoster) async {
        await withDiscardingTaskGroup { group in
            var fleet = DeviceFleet(
                driver: driver,
                link: link,
                options: options,
                clock: clock,
                logger: logger,
                roster: roster
            )
            while let event = await link.events.next() {
                switch event {
                case .profile(let profile): fleet.reconcile(profile, in: &group)
                case .desired(let device, let values): fleet.desire(values, of: device)
                case .desiredCleared(let device, let names): fleet.clearDesired(names, of: device)
                }
            }
            // Said here as well as by each device, because one that hangs would never say it.
            for device in fleet.devices { link.report(.unknown, of: device) }
            group.cancelAll()
        }
    }
}
