// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit

/// Decides everything the link does; a value without clock, socket or file, told what happened and asked what to do.
struct LinkCore {
    /// The moment something happens.
    struct Moment {
        /// The clock that is never set back.
        var uptime: Duration
        /// The wall clock.
        var timestamp: Timestamp
    }

    var channels: [DeviceID: DeviceChannel] = [:]
    private(set) var isConnected = false
    /// Counts connections, so that answers about an older one are recognised.
    private(set) var connection = 0
    /// Whether EdgeCore's silence was mentioned on this connection.
    private var saidSilence = false
    private var actions: [LinkAction] = []
    private let eventPrefix: String
    private var eventCount = 0
    private var parcelCount = 0
    var sayings = SaidOnce()

    /// - Parameters:
    ///   - devices: this mapper's devices.
    ///   - eventPrefix: makes event ids unique among all mappers, ever.
    init(devices: [DeviceInstance], eventPrefix: String) {
        self.eventPrefix = eventPrefix
        for device in devices { open(device) }
    }

    /// Takes what there is to do.
    mutating func takeActions() -> [LinkAction] {
        defer { actions = [] }
        return actions
    }

    /// Whether nothing is left that could be sent now.
    var isIdle: Bool {
        !isConnected || channels.values.allSatisfy { $0.outbox.isIdle(canReport: $0.canReport) }
    }

    // MARK: Connection

    /// The broker accepted a connection.
    mutating func connected() {
        isConnected = true
        saidSilence = false
        connection += 1
        for id in channels.keys { channels[id]?.connectionCameBack() }
        perform(.announce(.online))
        let devices = channels.keys.sorted()
        let filters = EdgeTopic.commonFilters + devices.flatMap(EdgeTopic.filters)
        perform(.subscribe(filters, devices: devices, connection: connection))
    }

    /// The connection is gone.
    mutating func disconnected() { isConnected = false }

    /// The broker answered a subscription.
    mutating func subscribed(_ devices: [DeviceID], connection: Int, failure: MQTTError?, at now: Moment) {
        guard isConnected, connection == self.connection else { return }
        if let failure {
            guard !failure.isOverWithTheConnection else { return }
            log(.error, "desired values cannot arrive: \(failure)", [:])
        }
        for id in devices {
            ask(id, at: now)
            flush(id, at: now)
        }
    }

    /// Time passed; to be told about once a second.
    mutating func tick(at now: Moment) {
        guard isConnected else { return }
        for id in channels.keys.sorted() {
            if channels[id]?.losesPatience(at: now.uptime) == true {
                saySilence()
                if let change = channels[id]?.desired.unanswered() { emit(change, of: id) }
            }
            if let next = channels[id]?.nextQuestion, next <= now.uptime { ask(id, at: now) }
            flush(id, at: now)
        }
    }

    /// Asks EdgeCore for all it knows about a device.
    mutating func ask(_ id: DeviceID, at now: Moment) {
        guard isConnected, channels[id] != nil else { return }
        channels[id]?.ask(at: now.uptime)
        let question = OutgoingMessage.TwinGet(event_id: newEventID(), timestamp: now.timestamp.milliseconds)
        send(.question, on: EdgeTopic.device(id, .twinGet).text, question, of: id)
    }

    private mutating func saySilence() {
        guard !saidSilence else { return }
        saidSilence = true
        log(.notice, "EdgeCore does not answer on this broker; values are published anyway, desired values wait", [:])
    }

    // MARK: Doing

    mutating func perform(_ action: LinkAction) { actions.append(action) }

    /// Says something; details are cut, because others write them.
    mutating func log(_ level: Logger.Level, _ message: String, _ details: [String: String]) {
        perform(.log(level, message, details.mapValues(\.excerpt)))
    }

    mutating func emit(_ change: DesiredValues.Change, of id: DeviceID) {
        if !change.cleared.isEmpty { perform(.emit(.desiredCleared(id, change.cleared))) }
        if !change.desired.isEmpty { perform(.emit(.desired(id, change.desired))) }
    }

    mutating func send(
        _ content: Parcel.Content,
        on topic: String,
        _ message: any Encodable & Sendable,
        of id: DeviceID
    ) {
        parcelCount += 1
        if content != .question { channels[id]?.outbox.sent(parcelCount, content) }
        perform(
            .publish(Parcel(number: parcelCount, device: id, content: content, topic: topic, message: message))
        )
    }

    mutating func newEventID() -> String {
        eventCount += 1
        return "\(eventPrefix)-\(eventCount)"
    }

    mutating func open(_ device: DeviceInstance) {
        guard EdgeTopic.canCarry(device.id) else {
            log(
                .error,
                "the device's name cannot be part of an MQTT topic, or is longer than 253 characters; "
                    + "it stays without a twin",
                ["device": "\(device.id)"]
            )
            return
        }
        channels[device.id] = DeviceChannel(device)
        if let topic = device.dataTopic, !EdgeTopic.canPublish(on: topic) {
            log(
                .error,
                "dataTopic holds + or #, which cannot be published on; telemetry goes to KubeEdge's default topic",
                ["device": "\(device.id)", "dataTopic": topic]
            )
        }
    }
}
