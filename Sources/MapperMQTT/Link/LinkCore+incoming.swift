// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit

extension LinkCore {
    /// A message arrived.
    mutating func received(_ message: MQTTMessage, at now: Moment) {
        guard let topic = EdgeTopic(parsing: message.topic) else { return }
        do {
            switch topic {
            case .device(let id, let subject) where channels[id] != nil:
                try received(message.payload, on: subject, of: id, at: now)
            case .orphanResult:
                receivedOrphan(try IncomingMessage.decode(IncomingMessage.TwinResult.self, message.payload))
            case .membershipUpdated:
                receivedMembership(
                    try IncomingMessage.decode(IncomingMessage.Membership.self, message.payload),
                    at: now
                )
            default: break
            }
        } catch {
            guard sayings.isNew("unreadable \(message.topic)") else { return }
            let reason = String(describing: error).excerpt
            log(.warning, "a message cannot be read and is ignored: \(reason)", ["topic": message.topic])
        }
    }

    private mutating func received(
        _ payload: [UInt8],
        on subject: EdgeTopic.Subject,
        of id: DeviceID,
        at now: Moment
    ) throws {
        switch subject {
        case .twinGetResult:
            receivedTwin(try IncomingMessage.decode(IncomingMessage.TwinResult.self, payload), of: id, at: now)
        case .twinUpdateDelta:
            receivedDelta(try IncomingMessage.decode(IncomingMessage.Delta.self, payload), of: id, at: now)
        case .twinUpdateDocument:
            receivedDocument(try IncomingMessage.decode(IncomingMessage.Document.self, payload), of: id, at: now)
        case .twinUpdateResult:
            receivedResult(try IncomingMessage.decode(IncomingMessage.TwinResult.self, payload), of: id, at: now)
        case .twinUpdate, .twinGet, .stateUpdate, .stateUpdateResult: break
        }
    }

    // MARK: Answers

    private mutating func receivedTwin(_ result: IncomingMessage.TwinResult, of id: DeviceID, at now: Moment) {
        if let code = result.failure {
            return code == 404 ? becameUnknown(id, at: now) : sayFailure(result, code, of: id)
        }
        guard result.twin != nil else { return }
        if channels[id]?.contact == .unknown { log(.notice, "EdgeCore knows the device now", ["device": "\(id)"]) }
        channels[id]?.answered(.known, at: now.uptime)
        channels[id]?.learnTypes(result.twins)
        if let change = channels[id]?.desired.answered(result.twins) { emit(change, of: id) }
        flush(id, at: now)
    }

    private mutating func receivedResult(_ result: IncomingMessage.TwinResult, of id: DeviceID, at now: Moment) {
        heard(of: id, at: now)
        guard let code = result.failure, let eventID = result.event_id,
            let names = channels[id]?.names(sentAs: eventID)
        else { return }
        if code == 404 { return becameUnknown(id, at: now) }
        if names.count > 1 {
            // One value spoils the message; apart, the others get through and the bad one shows.
            channels[id]?.outbox.separate(names)
            return flush(id, at: now)
        }
        sayFailure(result, code, of: id, names)
    }

    private mutating func becameUnknown(_ id: DeviceID, at now: Moment) {
        if channels[id]?.contact != .unknown {
            log(
                .warning,
                "EdgeCore does not know the device; its values wait until it does",
                ["device": "\(id)", "do": "create the Device in the cluster and place it on this node"]
            )
        }
        channels[id]?.answered(.unknown, at: now.uptime)
    }

    private mutating func sayFailure(
        _ result: IncomingMessage.TwinResult,
        _ code: Int,
        of id: DeviceID,
        _ names: Set<String> = []
    ) {
        let properties = names.sorted().joined(separator: ", ")
        let reason = result.reason?.excerpt ?? "no reason given"
        guard sayings.isNew("\(id) \(code) \(reason) \(properties)") else { return }
        var details = ["device": "\(id)", "code": "\(code)", "reason": reason]
        details["property"] = properties.isEmpty ? nil : properties
        log(.warning, "EdgeCore refused a message", details)
    }

    /// An error that EdgeCore cannot say the device of; our own messages are checked before, so it may be another's.
    private mutating func receivedOrphan(_ result: IncomingMessage.TwinResult) {
        guard let code = result.failure else { return }
        let reason = result.reason?.excerpt ?? "no reason given"
        guard sayings.isNew("orphan \(code) \(reason)") else { return }
        log(.warning, "EdgeCore refused somebody's report", ["code": "\(code)", "reason": reason])
    }

    // MARK: News

    private mutating func receivedDelta(_ delta: IncomingMessage.Delta, of id: DeviceID, at now: Moment) {
        heard(of: id, at: now)
        channels[id]?.learnTypes(delta.twins)
        if let change = channels[id]?.desired.differ(delta.delta ?? [:]) { emit(change, of: id) }
    }

    private mutating func receivedDocument(_ document: IncomingMessage.Document, of id: DeviceID, at now: Moment) {
        heard(of: id, at: now)
        let twins = (document.twin ?? [:]).mapValues(\.current)
        channels[id]?.learnTypes(twins.compactMapValues { $0 })
        for name in twins.filter({ $0.value == nil }).keys { channels[id]?.forgetTwin(name) }
        if let change = channels[id]?.desired.documented(twins) { emit(change, of: id) }
    }

    /// EdgeCore spoke about a device it was not there to ask about: worth asking again, but not for each message.
    private mutating func heard(of id: DeviceID, at now: Moment) {
        if channels[id]?.isWorthAsking(at: now.uptime) == true { ask(id, at: now) }
    }

    private mutating func receivedMembership(_ membership: IncomingMessage.Membership, at now: Moment) {
        for device in membership.added_devices ?? [] {
            guard let id = device.identity.map(DeviceID.init(topicForm:)) else { continue }
            log(.info, "EdgeCore has a new device on this node; reading the profile again", ["device": "\(id)"])
            if channels[id] != nil { ask(id, at: now) }
            perform(.rereadProfile)
        }
        for device in membership.removed_devices ?? [] {
            guard let id = device.identity.map(DeviceID.init(topicForm:)), channels[id] != nil else { continue }
            log(
                .notice,
                "EdgeCore removed the device from this node; it is served until the profile's file says so too",
                ["device": "\(id)"]
            )
            channels[id]?.answered(.unknown, at: now.uptime)
            perform(.rereadProfile)
        }
    }
}
