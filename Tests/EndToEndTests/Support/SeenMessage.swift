// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperMQTT
@testable import MapperTesting

/// A message that went over the broker, and when.
struct SeenMessage: Sendable {
    let topic: String
    let payload: String
    let isRetained: Bool
    let time: ContinuousClock.Instant
    /// The payload as EdgeCore's JSON reader sees it; `nil` when that reader would refuse it.
    let json: JSONValue?

    init(_ message: MQTTMessage, at time: ContinuousClock.Instant = .now) {
        topic = message.topic
        payload = String(decoding: message.payload, as: UTF8.self)
        isRetained = message.retain
        self.time = time
        json = try? JSONParser.parse(message.payload).value
    }

    /// The topic of a device.
    static func topic(_ device: String, _ subject: String) -> String { "$hw/events/device/\(device)/\(subject)" }

    /// The values of a report, by property.
    var reported: [String: String] {
        guard case .object(let twins)? = json?["twin"] else { return [:] }
        return twins.reduce(into: [:]) { values, twin in
            if case .string(let text)? = twin.value["actual"]?["value"] { values[twin.key] = text }
        }
    }

    /// The state it reports.
    var state: String? {
        guard case .string(let state)? = json?["state"] else { return nil }
        return state
    }
}
