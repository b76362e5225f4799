// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperMQTT
import Synchronization

/// Compares every value that the mapper reports with what the register of that name holds.
final class SoakWitness: Sendable {
    /// Is what was heard so far.
    struct Seen: Sendable {
        var messages = 0
        var values = 0
        var wrong = 0
        /// The first wrong values, in words.
        var examples: [String] = []
        /// When each device told a value last.
        var heard: [String: ContinuousClock.Instant] = [:]
    }

    /// The parts of a message that matter: telemetry has `data`, a report `twin`.
    private struct Message: Decodable {
        struct Value: Decodable { var value: String }
        struct Twin: Decodable { var actual: Value? }

        var data: [String: Value]?
        var twin: [String: Twin]?

        var values: [String: String] {
            (data ?? [:]).mapValues(\.value)
                .merging((twin ?? [:]).compactMapValues { $0.actual?.value }) { first, _ in first }
        }
    }

    private let state = Mutex(Seen())

    var seen: Seen { state.withLock(\.self) }

    /// Checks a message.
    func take(_ message: MQTTMessage) {
        let words = message.topic.split(separator: "/")
        guard words.count > 3, let content = try? JSONDecoder().decode(Message.self, from: Data(message.payload))
        else { return }
        let device = String(words[3])
        let wrong = content.values.filter { SoakWorld.value(of: $0.key, device) != $0.value }
        state.withLock { seen in
            seen.messages += 1
            seen.values += content.values.count
            seen.wrong += wrong.count
            for (name, value) in wrong where seen.examples.count < 20 {
                let wanted = SoakWorld.value(of: name, device) ?? "nothing"
                seen.examples.append("\(device) \(name) = \(value) instead of \(wanted) on \(message.topic)")
            }
            if !content.values.isEmpty { seen.heard[device] = .now }
        }
    }
}
