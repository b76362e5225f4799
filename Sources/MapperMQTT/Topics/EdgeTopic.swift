// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Names every MQTT topic that a mapper, an application and the edge use, and nothing else.
///
/// A device with a namespace has one level more, as EdgeCore v1.16.2 and later build it
/// (`edge/pkg/eventbus/mqtt/client.go`); without one the topics are those of v1.0 to v1.15.
enum EdgeTopic: Hashable {
    /// What comes after the device in its topics.
    enum Subject: String, CaseIterable {
        case twinUpdate = "twin/update"
        case twinUpdateResult = "twin/update/result"
        case twinUpdateDelta = "twin/update/delta"
        case twinUpdateDocument = "twin/update/document"
        case twinGet = "twin/get"
        case twinGetResult = "twin/get/result"
        case stateUpdate = "state/update"
        case stateUpdateResult = "state/update/result"
    }

    /// One of the topics of a device's twin.
    case device(DeviceID, Subject)
    /// Where EdgeCore complains about a report without knowing whose it was: the device's place is empty.
    case orphanResult
    /// Where EdgeCore says which devices joined or left the node.
    case membershipUpdated(node: String)
    /// Where EdgeCore is asked which devices the node has; it looks at no node in it.
    case membershipGet(node: String)
    /// Where EdgeCore answers that.
    case membershipGetResult(node: String)
    /// Where telemetry goes when the profile names no topic.
    case telemetry(DeviceID)
    /// Where this mapper says that it is there; its last will says that it is gone.
    case mapperState(clientID: String)

    private static let devicePrefix = "$hw/events/device/"
    private static let nodePrefix = "$hw/events/node/"
    private static let membershipSuffix = "/membership/updated"
    private static let membershipGetSuffix = "/membership/get"
    private static let membershipResultSuffix = "/membership/get/result"

    /// The topic as MQTT carries it.
    var text: String {
        switch self {
        case .device(let id, let subject): "\(Self.devicePrefix)\(id)/\(subject.rawValue)"
        case .orphanResult: "\(Self.devicePrefix)/\(Subject.twinUpdateResult.rawValue)"
        case .membershipUpdated(let node): "\(Self.nodePrefix)\(node)\(Self.membershipSuffix)"
        case .membershipGet(let node): "\(Self.nodePrefix)\(node)\(Self.membershipGetSuffix)"
        case .membershipGetResult(let node): "\(Self.nodePrefix)\(node)\(Self.membershipResultSuffix)"
        case .telemetry(let id): "$ke/events/device/\(id)/data/update"
        case .mapperState(let clientID): "$ke/events/mapper/\(clientID)/state/update"
        }
    }

    /// Reads the topic of a message from EdgeCore; `nil` for topics that are none of ours.
    init?(parsing text: String) {
        if text.hasPrefix(Self.nodePrefix) {
            let rest = text.dropFirst(Self.nodePrefix.count)
            if rest.hasSuffix(Self.membershipSuffix) {
                self = .membershipUpdated(node: String(rest.dropLast(Self.membershipSuffix.count)))
            } else if rest.hasSuffix(Self.membershipResultSuffix) {
                self = .membershipGetResult(node: String(rest.dropLast(Self.membershipResultSuffix.count)))
            } else {
                return nil
            }
            return
        }
        guard text.hasPrefix(Self.devicePrefix) else { return nil }
        let rest = text.dropFirst(Self.devicePrefix.count)
        guard let subject = Subject.allCases.first(where: { rest.hasSuffix("/" + $0.rawValue) }) else { return nil }
        let segments = rest.dropLast(subject.rawValue.count + 1).split(separator: "/", omittingEmptySubsequences: false)
        switch (segments.count, segments.contains("")) {
        case (1, false): self = .device(DeviceID(String(segments[0])), subject)
        case (2, false): self = .device(DeviceID(String(segments[1]), namespace: String(segments[0])), subject)
        case (1, true) where subject == .twinUpdateResult: self = .orphanResult
        default: return nil
        }
    }

    /// What to subscribe to for one device.
    static func filters(for device: DeviceID) -> [String] {
        [Subject.twinUpdateDelta, .twinUpdateResult, .twinGetResult, .twinUpdateDocument].map {
            EdgeTopic.device(device, $0).text
        }
    }

    /// What to subscribe to once.
    static let commonFilters = [EdgeTopic.orphanResult.text, EdgeTopic.membershipUpdated(node: "+").text]

    /// What an application subscribes to: what EdgeCore says of all devices, with and without a namespace.
    static let applicationFilters =
        [Subject.twinUpdateDocument, .twinUpdateResult, .twinGetResult, .stateUpdateResult].flatMap { subject in
            ["+", "+/+"].map { "\(devicePrefix)\($0)/\(subject.rawValue)" }
        } + [EdgeTopic.membershipUpdated(node: "+").text, EdgeTopic.membershipGetResult(node: "+").text]

    /// The longest name that Kubernetes gives anything (RFC 1123, as for subdomains).
    private static let longestName = 253

    /// Whether a device's identity can be a part of a topic: not empty, at most as long as a name in Kubernetes, without
    /// `/`, `+`, `#` and control characters.
    static func canCarry(_ device: DeviceID) -> Bool {
        [device.namespace ?? "-", device.name].allSatisfy { part in
            (1...longestName).contains(part.utf8.count)
                && !part.unicodeScalars.contains { "/+#".unicodeScalars.contains($0) || $0.value < 32 }
        }
    }

    /// Whether a topic from a profile can be published on.
    static func canPublish(on topic: String) -> Bool {
        !topic.isEmpty && topic.utf8.count <= 65535
            && !topic.unicodeScalars.contains { $0 == "+" || $0 == "#" || $0.value == 0 }
    }
}
