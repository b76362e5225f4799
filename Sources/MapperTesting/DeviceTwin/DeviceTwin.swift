// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import MapperKit

/// Answers as EdgeCore does: its EventBus and DeviceTwin modules as a state machine without any transport.
///
/// Topics, payloads, error texts, the order of messages and the cases of silence are those recorded from real
/// versions (`edge/pkg/eventbus`, `edge/pkg/devicetwin`). One message goes in, what EdgeCore would send comes out.
///
/// A test of what is said to EdgeCore gives it a device, then message by message what was sent, and reads what comes
/// back:
///
///     var edgeCore = DeviceTwin(version: .v1_14_0)
///     _ = edgeCore.put(DeviceID("boiler"), twins: [CloudTwin("setpoint", type: "float", desired: "21.5")])
///     let answers = edgeCore.receive(topic: "$hw/events/device/boiler/twin/update", payload: payload)
///     #expect(edgeCore.values(of: "setpoint", DeviceID("boiler")) == (desired: "21.5", reported: "21.5"))
///
/// It differs in one point on purpose: a message that would stop twin processing of a real node gives
/// ``Output/crash(reason:)``, changes nothing, and work goes on.
public struct DeviceTwin: Sendable {
    /// Something EdgeCore sends, or would not have survived.
    public enum Output: Hashable, Sendable {
        /// A message to the broker, QoS 1, not retained.
        case mqtt(topic: String, payload: String)
        /// A message to the cloud.
        case cloud(resource: String, operation: String, payload: String)
        /// The message would have stopped twin processing of the whole node.
        case crash(reason: String)
    }

    /// The node's name, as topics carry it.
    public let node: String
    /// The EdgeCore that is imitated.
    public let version: EdgeCoreVersion

    let rules: TwinRules
    var stores: [String: TwinStore] = [:]
    var cloud = CloudObjects()
    var isConnected = true
    private let clock: @Sendable () -> Timestamp
    private let makeEventID: @Sendable () -> String

    /// Creates a node without devices.
    /// - Parameters:
    ///   - node: The node's name.
    ///   - version: The EdgeCore to imitate.
    ///   - clock: Gives the time of messages and values; the machine's when `nil`.
    ///   - makeEventID: Gives the identities of messages EdgeCore sends on its own account; random ones when `nil`.
    public init(
        node: String = "edge-node",
        version: EdgeCoreVersion = .v1_14_0,
        clock: (@Sendable () -> Timestamp)? = nil,
        makeEventID: (@Sendable () -> String)? = nil
    ) {
        self.node = node
        self.version = version
        rules = TwinRules(version: version)
        self.clock = clock ?? { SystemClock().timestamp }
        self.makeEventID = makeEventID ?? { UUID().uuidString.lowercased() }
    }

    /// The topic filters EventBus subscribes to.
    public var subscriptions: [String] {
        let id = version.hasNamespacedTopics ? "+/+" : "+"
        return [
            "$hw/events/device/\(id)/twin/+", "$hw/events/device/\(id)/state/update",
            "$hw/events/node/+/membership/get", "$hw/events/upload/#", "SYS/dis/upload_records",
        ] + (version.hasUserTopics ? ["+/user/#"] : [])
    }

    /// Takes a message from the broker.
    public mutating func receive(topic: String, payload: [UInt8]) -> [Output] {
        switch TopicRoute(topic, version) {
        case .twinUpdate(let device): updateTwins(of: device, payload)
        case .twinGet(let device): [getTwins(of: device, payload)]
        case .cloudUpdated(let device): syncTwins(of: device, payload)
        case .stateUpdate(let device): updateState(of: device, payload)
        case .membershipGet: [getMembership(payload)]
        case .upload(let resource, let operation):
            [.cloud(resource: resource, operation: operation, payload: String(decoding: payload, as: UTF8.self))]
        case nil: []
        }
    }

    var now: Int64 { clock().milliseconds }

    /// The header of a message EdgeCore sends on its own account.
    func newHeader() -> WireHeader {
        WireHeader(eventID: makeEventID(), timestamp: now)
    }

    func deviceTopic(_ device: String, _ rest: String) -> String {
        "$hw/events/device/\(device)/\(rest)"
    }

    func nodeTopic(_ rest: String) -> String {
        "$hw/events/node/\(node)/\(rest)"
    }

    /// A refusal in EdgeCore's form.
    func refusal(_ topic: String, eventID: String, code: Int64, _ reason: String) -> Output {
        let header = WireHeader(eventID: eventID, timestamp: now)
        return .mqtt(topic: topic, payload: header.message([("code", .int(code)), ("reason", .string(reason))]))
    }
}
