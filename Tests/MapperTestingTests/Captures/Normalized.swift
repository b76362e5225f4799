// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperTesting

/// A message without what differs from run to run: times, random identities, addresses.
///
/// What goes to the broker is compared byte for byte. The recordings have what goes to the cloud parsed and written
/// again: there the order of members counts for nothing.
struct Normalized: Hashable, CustomStringConvertible {
    var destination: String
    var payload: String

    var description: String { "\(destination) \(payload)" }

    init(_ output: DeviceTwin.Output) {
        switch output {
        case .mqtt(let topic, let payload):
            destination = "mqtt \(topic)"
            self.payload = Self.clean(payload)
        case .cloud(let resource, let operation, let payload):
            destination = "cloud \(resource) \(operation)"
            self.payload = Self.clean(Self.sorted(payload))
        case .crash(let reason):
            destination = "crash"
            payload = reason
        }
    }

    private static func clean(_ text: String) -> String {
        text.replacing(#/"timestamp":[0-9]+/#, with: "\"timestamp\":0")
            .replacing(#/"(last_online|lastOnlineTime)":"[^"]+"/#, with: { "\"\($0.output.1)\":\"a time\"" })
            .replacing(#/"event_id":"[0-9a-f]{8}-[0-9a-f-]{27}"/#, with: "\"event_id\":\"random\"")
            .replacing(#/\(0x[0-9a-f]+\)/#, with: "(0x0)")
    }

    private static func sorted(_ text: String) -> String {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed]
        guard let object = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed),
            let data = try? JSONSerialization.data(withJSONObject: object, options: options)
        else { return text }
        return String(decoding: data, as: UTF8.self)
    }
}
