// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MapperKit

/// Holds all twins of a node as an application knows them, and finds what is new in EdgeCore's messages.
struct KnownTwins {
    /// What follows from a message.
    enum Step: Hashable {
        /// The application is told.
        case tell(TwinNews)
        /// EdgeCore is asked for a device's twins.
        case ask(DeviceID)
    }

    /// What the identifiers of this client's messages begin with.
    let mark: String
    private var twins: [DeviceID: [String: TwinValues]] = [:]

    init(mark: String) { self.mark = mark }

    /// Takes a message; one that cannot be read says nothing.
    mutating func take(_ message: MQTTMessage) -> [Step] {
        guard let topic = EdgeTopic(parsing: message.topic) else { return [] }
        do {
            return try take(topic, message.payload)
        } catch {
            return []
        }
    }

    private mutating func take(_ topic: EdgeTopic, _ payload: [UInt8]) throws -> [Step] {
        switch topic {
        case .device(let id, .twinUpdateDocument):
            let document = try IncomingMessage.decode(IncomingMessage.Document.self, payload)
            return update(id, (document.twin ?? [:]).mapValues { $0.current.map(TwinValues.init) })
        case .device(let id, .twinGetResult):
            let answer = try IncomingMessage.decode(IncomingMessage.TwinResult.self, payload)
            guard answer.failure == nil, answer.twin != nil else { return [] }
            return replace(id, answer.twins.mapValues(TwinValues.init))
        case .device(let id, .twinUpdateResult):
            let answer = try IncomingMessage.decode(IncomingMessage.TwinResult.self, payload)
            guard answer.failure != nil, answer.event_id?.hasPrefix(mark) ?? false else { return [] }
            return [.tell(.refused(id, answer.reason ?? "EdgeCore gives no reason"))]
        case .device(let id, .stateUpdateResult):
            let state = try IncomingMessage.decode(IncomingMessage.StateResult.self, payload).device?.state
            return state.map { [.tell(.state(id, $0))] } ?? []
        case .membershipUpdated:
            let membership = try IncomingMessage.decode(IncomingMessage.Membership.self, payload)
            let gone = Self.devices(membership.removed_devices).flatMap { replace($0, [:]) }
            return gone + Self.devices(membership.added_devices).map(Step.ask)
        case .membershipGetResult:
            let list = try IncomingMessage.decode(IncomingMessage.MembershipList.self, payload)
            return settle(Self.devices(list.devices))
        default: return []
        }
    }

    /// Takes the node's devices, all of them.
    private mutating func settle(_ devices: [DeviceID]) -> [Step] {
        let gone = Set(twins.keys).subtracting(devices).sorted()
        return gone.flatMap { replace($0, [:]) } + devices.map(Step.ask)
    }

    /// Takes a device's twins, all of them.
    private mutating func replace(_ device: DeviceID, _ values: [String: TwinValues]) -> [Step] {
        let former = twins[device] ?? [:]
        return update(device, former.mapValues { _ in TwinValues?.none }.merging(values) { _, new in new })
    }

    /// Takes some of a device's twins, `nil` for those that are gone.
    private mutating func update(_ device: DeviceID, _ values: [String: TwinValues?]) -> [Step] {
        values.sorted { $0.key < $1.key }.compactMap { property, now in
            let before = twins[device]?[property]
            guard now != before else { return nil }
            twins[device, default: [:]][property] = now
            if twins[device]?.isEmpty ?? false { twins[device] = nil }
            return .tell(.changed(TwinChange(device: device, property: property, before: before, now: now)))
        }
    }

    private static func devices(_ list: [IncomingMessage.Membership.Device]?) -> [DeviceID] {
        (list ?? []).compactMap { $0.identity.map(DeviceID.init(topicForm:)) }.filter(EdgeTopic.canCarry)
    }
}
