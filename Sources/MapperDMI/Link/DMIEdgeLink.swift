// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import Logging
public import MapperKit
import Synchronization

/// Connects a mapper with KubeEdge's EdgeCore from v1.15 on, by the Device Mapper Interface: gRPC on two Unix sockets.
///
/// Devices, models and desired values come from EdgeCore, which calls this process; values and states go to EdgeCore,
/// batched into one request for each device and kept below its limit of one request a second. While EdgeCore is away
/// the newest value of each property waits; when it is back the mapper registers again and takes up what changed.
///
/// What cannot be said by DMI: telemetry has no place in it, and the time of a measurement is replaced by EdgeCore's own.
public final class DMIEdgeLink: EdgeLink {
    /// How long the last reports have when the link ends.
    private static let farewell = Duration.milliseconds(500)

    /// What comes from the edge.
    public let events = EdgeInbox()

    let configuration: DMIConfiguration
    let core: Mutex<LinkCore>
    /// Rings when there may be something to send.
    let doorbell = Doorbell()
    /// Rings when EdgeCore's calls can come.
    let listening = Doorbell()
    /// How often listening has begun: what was called in between is lost, and has to be asked for.
    let listenings = Atomic(0)
    /// How often EdgeCore has taken the mapper.
    let registrations = Atomic(0)
    private let flushed = Doorbell()
    private let isFlushing = Atomic(false)
    /// Held by whoever passes events and log lines on.
    private let outlet = Mutex(())
    let clock: any MapperClock
    let logger: Logger

    /// Creates a link; nothing is listened on before ``run()``.
    ///
    /// - Parameters:
    ///   - configuration: the sockets, and what the mapper is called.
    ///   - driverProtocol: the name by which the driver knows its protocol, whatever Devices call it.
    ///   - check: finds what is wrong with a device for this mapper's driver; errors keep a definition out.
    ///   - clock: the time.
    ///   - logger: where transitions are said.
    /// - Throws: ``DMIError`` of code `invalidConfiguration`, naming the setting.
    public init(
        configuration: DMIConfiguration,
        driverProtocol: String,
        check: @escaping @Sendable (DeviceInstance) -> [Diagnostic],
        clock: any MapperClock = SystemClock(),
        logger: Logger
    ) throws(DMIError) {
        try configuration.validate()
        self.configuration = configuration
        core = Mutex(LinkCore(configuration, protocolName: driverProtocol, at: clock.uptime, check: check))
        self.clock = clock
        self.logger = logger
    }

    /// Keeps the link alive until the task is cancelled; see ``EdgeLink``.
    ///
    /// Then what waits has half a second to reach EdgeCore, as far as its limit allows.
    public func run() async throws {
        // What has to be sent after the cancellation cannot be sent by cancelled tasks, so this one is not ours.
        let service = Task { await serve() }
        while (try? await clock.sleep(untilUptime: clock.uptime + .seconds(3600))) != nil {}
        await Task { await finish(service) }.value
    }

    /// Takes values for a device's twin.
    public func report(_ report: TwinReport) { tell { $0.report(report, at: $1) } }

    /// Does nothing: DMI carries no telemetry, and no device that comes by it asks for any.
    public func publish(_ telemetry: Telemetry) {}

    /// Takes a device's state.
    public func report(_ state: DeviceState, of device: DeviceID) { tell { $0.report(state, of: device, at: $1) } }

    // MARK: Serving

    private func serve() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.listen() }
            group.addTask { await self.talk() }
            group.addTask {
                while (try? await self.clock.sleep(untilUptime: self.clock.uptime + .seconds(1))) != nil {
                    self.tell { $0.tick(at: $1) }
                }
            }
        }
    }

    private func finish(_ service: Task<Void, Never>) async {
        isFlushing.store(true, ordering: .sequentiallyConsistent)
        tell { _, _ in }
        await flushed.wait(untilUptime: clock.uptime + Self.farewell, clock: clock)
        service.cancel()
        await service.value
        events.finish()
    }

    // MARK: State and actions

    /// Tells the state what happened and does what it asks for.
    @discardableResult
    func tell<Answer: Sendable>(_ news: (inout LinkCore, Duration) -> Answer) -> Answer {
        let uptime = clock.uptime
        let isFlushing = isFlushing.load(ordering: .sequentiallyConsistent)
        let (answer, isSettled, wakes) = core.withLock { core in
            (news(&core, uptime), isFlushing && core.isSettled, core.takeWake())
        }
        perform()
        if wakes { doorbell.ring() }
        if isSettled { flushed.ring() }
        return answer
    }

    /// Passes events and log lines on in their order, without holding up whoever talks to the state meanwhile.
    ///
    /// Whoever comes while another one is at it leaves the work to that one, who looks again before it goes.
    private func perform() {
        while core.withLock(\.hasActions) {
            let isDone: Void? = outlet.withLockIfAvailable { _ in
                for action in core.withLock({ $0.takeActions() }) { perform(action) }
            }
            if isDone == nil { return }
        }
    }

    private func perform(_ action: LinkAction) {
        switch action {
        case .emit(let event): events.put(event)
        case .log(let level, let message, let details):
            logger.log(level: level, "\(message)", metadata: details.mapValues { "\($0)" })
        }
    }
}
