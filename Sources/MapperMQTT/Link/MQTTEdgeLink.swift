// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import Logging
public import MapperKit
public import MapperProfile
import Synchronization

/// Connects a mapper with KubeEdge's EdgeCore, v1.0 to v1.14 and the twin topics of later ones, through an MQTT broker.
///
/// Devices come from profile files (a mounted ConfigMap), which are watched; desired values come from EdgeCore, and
/// from the profile where EdgeCore says nothing. A broker without EdgeCore does as well: then values are published
/// and the profile's desired values count.
///
/// Besides the twins' topics it uses `$ke/events/mapper/<clientID>/state/update`: `online` when connected, `offline`
/// at the end, also as the last will.
public final class MQTTEdgeLink: EdgeLink {
    /// What comes from the edge.
    public let events = EdgeInbox()

    private let client: MosquittoClient
    private let clientID: String
    private let core: Mutex<LinkCore>
    private let actions = ActionQueue()
    private let filesSignal = ChangeSignal()
    private let isFlushed = Latch()
    private let isFlushing = Atomic(false)
    private let watch: ProfileWatch
    private let initial: DeviceProfile
    private let concerns: @Sendable (DeviceInstance) -> Bool
    private let clock: any MapperClock
    private let logger: Logger

    /// Creates a link; nothing is connected before ``run()``.
    ///
    /// - Parameters:
    ///   - configuration: the broker.
    ///   - profilePaths: the files and directories to watch, those that `initial` was loaded from.
    ///   - initial: the profile to start with, loaded and checked; an empty one while its files are not there yet.
    ///   - check: finds what is wrong with a profile for this mapper's driver; errors keep a new profile out.
    ///   - concerns: whether a device is this mapper's; the others have no business on the broker.
    ///   - clock: the time.
    ///   - logger: where transitions are said.
    /// - Throws: ``MQTTError`` of code `invalidConfiguration`, naming the setting or file.
    public init(
        configuration: MQTTConfiguration,
        profilePaths: [String],
        initial: DeviceProfile,
        check: @escaping @Sendable (DeviceProfile) -> [Diagnostic],
        concerns: @escaping @Sendable (DeviceInstance) -> Bool,
        clock: any MapperClock = SystemClock(),
        logger: Logger
    ) throws(MQTTError) {
        var configuration = configuration
        let topic = EdgeTopic.mapperState(clientID: configuration.clientID).text
        guard EdgeTopic.canPublish(on: topic) else {
            throw MQTTError(.invalidConfiguration, "the client id '\(configuration.clientID)' must not hold + or #")
        }
        let gone = Self.mapperState(.offline, at: clock.timestamp)
        configuration.will = MQTTMessage(topic: topic, payload: gone, qos: 1, retain: false)
        client = try MosquittoClient(configuration, logger: logger)
        clientID = configuration.clientID
        core = Mutex(LinkCore(devices: initial.devices.filter(concerns), eventPrefix: UUID().uuidString.lowercased()))
        watch = ProfileWatch(
            paths: profilePaths,
            load: { () throws(ConfigurationError) in try Self.loadProfile(profilePaths, check: check) },
            signal: filesSignal,
            clock: clock,
            logger: logger
        )
        self.initial = initial
        self.concerns = concerns
        self.clock = clock
        self.logger = logger
        events.put(.profile(initial.withoutDesiredValues))
    }

    /// Keeps the link alive until the task is cancelled; see ``EdgeLink``.
    ///
    /// Then what waits has half a second to reach the broker, and the connection is ended in good order.
    public func run() async throws {
        try client.start()
        // What has to be sent after the cancellation cannot be sent by cancelled tasks, so these two are not ours.
        let service = Task { await serve() }
        while (try? await clock.sleep(untilUptime: clock.uptime + .seconds(3600))) != nil {}
        await Task { await finish(service) }.value
    }

    /// Takes values for a device's twin.
    public func report(_ report: TwinReport) { tell { $0.report(report, at: $1) } }

    /// Takes values for the telemetry topic.
    public func publish(_ telemetry: Telemetry) { tell { $0.publish(telemetry, at: $1) } }

    /// Takes a device's state.
    public func report(_ state: DeviceState, of device: DeviceID) { tell { $0.report(state, of: device, at: $1) } }

    /// Whether a device's values wait for the broker to acknowledge those before them.
    public func isBehind(_ device: DeviceID) -> Bool { core.withLock { $0.isBehind(device) } }

    // MARK: Serving

    private func serve() async {
        await withDiscardingTaskGroup { group in
            group.addTask { for await event in self.client.events { self.handle(event) } }
            group.addTask {
                while (try? await self.clock.sleep(untilUptime: self.clock.uptime + .seconds(1))) != nil {
                    self.tell { $0.tick(at: $1) }
                }
            }
            group.addTask {
                await self.watch.run(startingWith: self.initial) { profile in
                    self.tell { $0.replaceProfile(profile, devices: profile.devices.filter(self.concerns), at: $1) }
                }
            }
            await actions.forEach { action in group.addTask { await self.perform(action) } }
        }
    }

    private func finish(_ service: Task<Void, Never>) async {
        isFlushing.store(true, ordering: .sequentiallyConsistent)
        tell { $0.tick(at: $1) }
        await isFlushed.wait(atMost: .milliseconds(500))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.announce(.offline) }
            group.addTask { try? await Task.sleep(for: .milliseconds(200)) }
            await group.next()
            group.cancelAll()
            // Also answers a farewell that still waits for the broker.
            await client.stop()
        }
        service.cancel()
        await service.value
        events.finish()
    }

    private func handle(_ event: MQTTEvent) {
        switch event {
        case .connected: tell { core, _ in core.connected() }
        case .disconnected: tell { core, _ in core.disconnected() }
        case .message(let message): tell { $0.received(message, at: $1) }
        }
    }

    // MARK: State and actions

    /// Tells the state what happened and does what it asks for.
    ///
    /// Events and log lines are passed on inside the lock, so that they keep their order; neither calls back.
    private func tell(_ news: (inout LinkCore, LinkCore.Moment) -> Void) {
        let now = LinkCore.Moment(uptime: clock.uptime, timestamp: clock.timestamp)
        core.withLock { core in
            news(&core, now)
            var rest: [LinkAction] = []
            for action in core.takeActions() {
                switch action {
                case .emit(let event): events.put(event)
                case .log(let level, let message, let details):
                    logger.log(level: level, "\(message)", metadata: details.mapValues { "\($0)" })
                case .rereadProfile: filesSignal.raise()
                case .subscribe, .unsubscribe, .publish, .announce: rest.append(action)
                }
            }
            actions.add(rest)
            if isFlushing.load(ordering: .sequentiallyConsistent), core.isIdle { isFlushed.open() }
        }
    }

    private func perform(_ action: LinkAction) async {
        switch action {
        case .subscribe(let filters, let devices, let connection):
            let failure = await failure { () throws(MQTTError) in try await self.client.subscribe(filters) }
            tell { $0.subscribed(devices, connection: connection, failure: failure, at: $1) }
        case .unsubscribe(let filters):
            _ = await failure { () throws(MQTTError) in try await self.client.unsubscribe(filters) }
        case .publish(let parcel):
            let failure = await failure { () throws(MQTTError) in
                try await self.client.publish(parcel.payload, on: parcel.topic)
            }
            tell { $0.published(parcel, failure: failure, at: $1) }
        case .announce(let state): await announce(state)
        case .emit, .log, .rereadProfile: break
        }
    }

    /// Says whether this mapper is there; a broker that is gone meanwhile says it for us.
    private func announce(_ state: DeviceState) async {
        let payload = Self.mapperState(state, at: clock.timestamp)
        let topic = EdgeTopic.mapperState(clientID: clientID).text
        _ = await failure { () throws(MQTTError) in try await self.client.publish(payload, on: topic) }
    }

    private func failure(_ body: () async throws(MQTTError) -> Void) async -> MQTTError? {
        do {
            try await body()
            return nil
        } catch {
            return error
        }
    }

    private static func mapperState(_ state: DeviceState, at time: Timestamp) -> [UInt8] {
        OutgoingMessage.bytes(
            OutgoingMessage.StateUpdate(
                event_id: UUID().uuidString.lowercased(),
                timestamp: time.milliseconds,
                state: state.rawValue
            )
        )
    }

    /// Loads and checks a profile just as the link does when the files change.
    /// - Throws: `ConfigurationError` with everything that was found, warnings too, when there is an error.
    public static func loadProfile(
        _ paths: [String],
        check: (DeviceProfile) -> [Diagnostic]
    ) throws(ConfigurationError) -> LoadedProfile {
        var examined = ProfileLoader().examine(paths)
        examined.diagnostics += check(examined.profile)
        return try examined.loaded()
    }
}
