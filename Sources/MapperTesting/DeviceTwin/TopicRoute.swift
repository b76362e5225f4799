// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Says what EdgeCore does with a message of a topic.
enum TopicRoute: Hashable, Sendable {
    /// A mapper reports values.
    case twinUpdate(device: String)
    /// Somebody asks for a device's twins.
    case twinGet(device: String)
    /// A message of the cloud that came by MQTT.
    case cloudUpdated(device: String)
    /// A mapper reports a device's state.
    case stateUpdate(device: String)
    /// Somebody asks for the node's devices.
    case membershipGet
    /// The payload goes to the cloud as it is.
    case upload(resource: String, operation: String)

    /// - Returns: `nil` for topics that EdgeCore does not subscribe to, or finds no purpose for.
    init?(_ topic: String, _ version: EdgeCoreVersion) {
        let levels = topic.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if topic.hasPrefix("$hw/events/device/") {
            self.init(deviceTopic: topic, levels, version)
        } else if topic.hasPrefix("$hw/events/node/") {
            guard levels.count == 6, topic.hasSuffix("/membership/get") else { return nil }
            guard Self.isRecognized(levels[3], in: topic, behind: "$hw/events/node/") else { return nil }
            self = .membershipGet
        } else {
            self.init(uploadTopic: topic, levels, version)
        }
    }

    private init?(deviceTopic topic: String, _ levels: [String], _ version: EdgeCoreVersion) {
        guard levels.count == (version.hasNamespacedTopics ? 7 : 6) else { return nil }
        let device = levels[3..<(levels.count - 2)].joined(separator: "/")
        guard Self.isRecognized(device, in: topic, behind: "$hw/events/device/") else { return nil }
        switch levels.suffix(2).joined(separator: "/") {
        case "twin/update": self = .twinUpdate(device: device)
        case "twin/get": self = .twinGet(device: device)
        case "twin/cloud_updated": self = .cloudUpdated(device: device)
        case "state/update": self = .stateUpdate(device: device)
        default: return nil
        }
    }

    private init?(uploadTopic topic: String, _ levels: [String], _ version: EdgeCoreVersion) {
        let operation = version.hasUserTopics ? "upload" : "response"
        if topic == "SYS/dis/upload_records" {
            self = .upload(resource: topic, operation: operation)
        } else if topic.hasPrefix("$hw/events/upload/") || topic == "$hw/events/upload" {
            self = .upload(resource: version.hasUserTopics ? topic : Self.base64URL(topic), operation: operation)
        } else if version.hasUserTopics, levels.count > 1, levels[1] == "user", !topic.hasPrefix("$") {
            self = .upload(resource: topic, operation: operation)
        } else {
            return nil
        }
    }

    /// EdgeCore looks for the name's first place in the whole topic: `dev` is found in `device`, and then nothing fits.
    private static func isRecognized(_ name: String, in topic: String, behind prefix: String) -> Bool {
        guard !name.isEmpty, let place = topic.firstRange(of: name) else { return false }
        return place.lowerBound == topic.index(topic.startIndex, offsetBy: prefix.count)
    }

    private static func base64URL(_ text: String) -> String {
        let standard = Data(text.utf8).base64EncodedString()
        return String(standard.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
    }
}
