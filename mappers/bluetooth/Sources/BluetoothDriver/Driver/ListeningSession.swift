// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization

/// Is one device that is never connected: it says by itself what there is to know.
///
/// The session is there whether the device is heard or not, as listening costs nobody anything.
final class ListeningSession: PushingSession {
    typealias Visitor = PropertyVisitor<BluetoothVisitor>

    private struct State {
        var beacon: HeardBeacon
        var listener: (@Sendable (DeviceNews) -> Void)?
        var listening: Listening?
        var watch: Task<Void, Never>?
        var isClosed = false
    }

    /// How long the first reading waits for what comes in several advertisements.
    private static let collectingTime = Duration.milliseconds(1500)
    private static let look = Duration.milliseconds(50)

    private let name: String
    private let device: Device<BluetoothConnection, BluetoothVisitor>
    private let codecs: [String: ValueCodec]
    private let decoders: BeaconDecoders
    private let clock: any MapperClock
    private let opened: Duration
    private let state: Mutex<State>

    private init(
        _ device: Device<BluetoothConnection, BluetoothVisitor>,
        _ decoders: BeaconDecoders,
        _ clock: any MapperClock
    ) {
        name = "\(WantedPeer(device.config))"
        self.device = device
        self.decoders = decoders
        self.clock = clock
        opened = clock.uptime
        // What cannot be decoded was refused when the profile was checked.
        let codecs = device.visitors.map { ($0.property.name, try? ValueCodec(of: $0.config, for: $0.property.model)) }
        self.codecs = Dictionary(codecs.compactMap { name, codec in codec.map { (name, $0) } }) { first, _ in first }
        let timeout = Duration.milliseconds(device.config.presenceTimeout)
        state = Mutex(State(beacon: HeardBeacon(timeout: timeout)))
    }

    /// Begins to listen.
    /// - Throws: ``DeviceError`` when nothing can be heard at the moment.
    static func open(
        _ device: Device<BluetoothConnection, BluetoothVisitor>,
        over radio: any Radio,
        decoders: BeaconDecoders,
        clock: any MapperClock
    ) async throws(DeviceError) -> ListeningSession {
        let session = ListeningSession(device, decoders, clock)
        let listening = try await radio.listen(to: WantedPeer(device.config)) { [weak session] in session?.hear($0) }
        session.state.withLock { $0.listening = listening }
        session.watch()
        return session
    }

    func close() async {
        let (listening, watch) = state.withLock { state in
            state.isClosed = true
            state.listener = nil
            return (state.listening.take(), state.watch)
        }
        watch?.cancel()
        await listening?.end()
    }

    // MARK: What it says

    func push(to listener: @escaping @Sendable (DeviceNews) -> Void) { state.withLock { $0.listener = listener } }

    private func hear(_ advertisement: Advertisement) {
        guard state.withLock({ !$0.isClosed && $0.beacon.accepts(advertisement) }) else { return }
        let outcomes = decoders.decode(advertisement, of: device.id, key: device.config.bindKey)
        let time = clock.timestamp
        let (beacon, news, listener) = state.withLock { state in
            let news = state.beacon.hear(advertisement, outcomes, at: time)
            return (state.beacon, news, state.listener)
        }
        guard let listener else { return }
        for visitor in device.visitors where news.isReturn || isNews(visitor.config, news) {
            guard let sample = try? sample(of: visitor, from: beacon) else { continue }
            listener(.sample(property: visitor.property.name, sample))
        }
    }

    private func isNews(_ visitor: BluetoothVisitor, _ news: HeardBeacon.News) -> Bool {
        switch visitor.source {
        case .beacon: visitor.field.map(news.fields.contains) ?? false
        case .battery: news.fields.contains(BeaconField.battery.rawValue)
        case .manufacturerData: visitor.companyID.map { news.companies.contains($0.value) } ?? false
        case .serviceData: visitor.serviceDataUUID.map(news.services.contains) ?? false
        // Asked for on schedule: they change with every packet.
        case .rssi, .lastSeen, .characteristic: false
        }
    }

    // MARK: Presence

    /// Sees to it that silence is noticed, whenever the next reading is.
    private func watch() {
        let watch = Task { [weak self, clock, opened, timeout = device.config.presenceTimeout] in
            var deadline = opened + .milliseconds(timeout)
            while (try? await clock.sleep(untilUptime: deadline)) != nil {
                guard let next = self?.nextDeadline(after: deadline) else { return }
                deadline = next
            }
        }
        state.withLock { $0.watch = watch }
    }

    /// When to look next; `nil` when the device is gone, which is told.
    private func nextDeadline(after deadline: Duration) -> Duration? {
        let (absentFrom, listener) = state.withLock { ($0.beacon.presence.absentFrom, $0.listener) }
        if let absentFrom, absentFrom > deadline { return absentFrom }
        listener?(.lost(absence))
        return nil
    }

    private var absence: DeviceError {
        DeviceError(.timedOut, "\(name) was not heard for \(Duration.milliseconds(device.config.presenceTimeout))")
    }

    // MARK: Reading

    /// Gives what was heard last; the first time it waits for that.
    func read(_ visitors: [Visitor]) async -> [Result<Sample, any Error>] {
        await waitForFirst(visitors)
        let (beacon, isClosed) = state.withLock { ($0.beacon, $0.isClosed) }
        let isPresent = beacon.presence.isPresent(at: clock.uptime)
        return visitors.map { visitor in
            Result {
                guard !isClosed else { throw DeviceError(.disconnected, "\(self.name) is not listened to any more") }
                guard isPresent else { throw self.notHeard(beacon) }
                return try self.sample(of: visitor, from: beacon)
            }
        }
    }

    private func notHeard(_ beacon: HeardBeacon) -> DeviceError {
        guard beacon.lastSeen == nil else { return absence }
        return DeviceError(.timedOut, "\(name) was not heard yet")
    }

    private func waitForFirst(_ visitors: [Visitor]) async {
        let deadline = opened + .milliseconds(device.config.connectTimeout)
        var heard: Duration?
        while clock.uptime < deadline, !Task.isCancelled {
            let (beacon, isClosed) = state.withLock { ($0.beacon, $0.isClosed) }
            if isClosed { return }
            if beacon.presence.lastSeen != nil { heard = heard ?? clock.uptime }
            if let heard, clock.uptime - heard > Self.collectingTime { return }
            if heard != nil, visitors.allSatisfy({ (try? sample(of: $0, from: beacon)) != nil }) { return }
            try? await clock.sleep(untilUptime: clock.uptime + Self.look)
        }
    }

    private func sample(of visitor: Visitor, from beacon: HeardBeacon) throws -> Sample {
        switch visitor.config.source {
        case .rssi:
            guard let strength = beacon.presence.rssi, let time = beacon.lastSeen else {
                throw DeviceError(.rejected, "nobody tells how strongly \(name) is heard")
            }
            return Sample(.int(Int64(strength)), at: time)
        case .lastSeen:
            return Sample(.int(beacon.lastSeen?.milliseconds ?? 0), at: beacon.lastSeen ?? clock.timestamp)
        case .battery: return try field(BeaconField.battery.rawValue, beacon)
        case .beacon: return try field(visitor.config.field ?? "", beacon)
        case .manufacturerData:
            let company = visitor.config.companyID
            return try value(visitor, company.flatMap { beacon.manufacturerData[$0.value] }, "data of that company")
        case .serviceData:
            let service = visitor.config.serviceDataUUID
            return try value(visitor, service.flatMap { beacon.serviceData[$0] }, "data for that service")
        case .characteristic:
            throw DeviceError(.unsupported, "\(name) is never connected, so no characteristic of it can be read")
        }
    }

    private func field(_ field: String, _ beacon: HeardBeacon) throws -> Sample {
        if let problem = beacon.problem { throw DeviceError(.rejected, "\(name) sends \(problem)") }
        guard let known = beacon.fields[field] else {
            throw DeviceError(.rejected, "\(name) has not advertised '\(field)' yet")
        }
        return Sample(known.value, at: known.time)
    }

    private func value(_ visitor: Visitor, _ known: HeardBeacon.Known<[UInt8]>?, _ what: String) throws -> Sample {
        guard let known, let codec = codecs[visitor.property.name] else {
            throw DeviceError(.rejected, "\(name) has not advertised \(what) yet")
        }
        return Sample(try codec.value(of: known.value), at: known.time)
    }

    func write(_ value: PropertyValue, to visitor: Visitor) async throws {
        throw DeviceError(.unsupported, "\(name) is never connected, so nothing can be written to it")
    }
}
