// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperTesting

/// A message without what differs from run to run: times, random identities, addresses.
struct Normalized: Hashable, CustomStringConvertible {
    var destination: String
    var payload: String

    var description: String { "\(destination) \(payload)" }

    init(_ output: DeviceTwin.Output) {
        switch output {
        case .mqtt(let topic, let payload):
            self.init("mqtt \(topic)", payload)
        case .cloud(let resource, let operation, let payload):
            self.init("cloud \(resource) \(operation)", payload)
        case .crash(let reason):
            self.init("crash", reason)
        }
    }

    init(_ destination: String, _ payload: String) {
        self.destination = destination
        let object = try? JSONSerialization.jsonObject(with: Data(payload.utf8))
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        if let object, let data = try? JSONSerialization.data(withJSONObject: Self.clean(object), options: options) {
            self.payload = String(decoding: data, as: UTF8.self)
        } else {
            self.payload = payload
        }
    }

    private static func clean(_ value: Any) -> Any {
        if let list = value as? [Any] { return list.map(clean) }
        guard let members = value as? [String: Any] else { return value }
        return Dictionary(uniqueKeysWithValues: members.map { key, value in (key, clean(value, key)) })
    }

    private static func clean(_ value: Any, _ key: String) -> Any {
        switch (key, value) {
        case ("timestamp", is NSNumber): 0
        case ("last_online", is String), ("lastOnlineTime", is String): "a time"
        case ("event_id", let id as String) where UUID(uuidString: id) != nil: "random"
        case ("reason", let reason as String): reason.replacing(#/\(0x[0-9a-f]+\)/#, with: "(0x0)")
        default: clean(value)
        }
    }
}
