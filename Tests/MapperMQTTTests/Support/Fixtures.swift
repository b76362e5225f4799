// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The recordings of real EdgeCores, which are not part of this repository.
enum Fixtures {
    static let root = ProcessInfo.processInfo.environment["MAPPERKIT_FIXTURES"].map { URL(fileURLWithPath: $0) }
    static var areHere: Bool { root != nil }

    /// One message of a recording.
    struct Message {
        let topic: String
        let payload: [UInt8]
        let source: String
    }

    /// Everything that EdgeCore published: `wire/<version>` one file a message, `kubeedge/traces` one line a message.
    static func publishedByEdgeCore() throws -> [Message] {
        guard let root else { return [] }
        var messages: [Message] = []
        for folder in ["wire/v1.3.1", "wire/v1.14.0/mqtt", "wire/v1.23.1/mqtt"] {
            let directory = root.appending(path: folder)
            for name in try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted()
            where name.contains("edge-to-mqtt") {
                let data = try Data(contentsOf: directory.appending(path: name))
                if let message = message(data, "\(folder)/\(name)") { messages.append(message) }
            }
        }
        let traces = root.appending(path: "kubeedge/traces")
        for name in try FileManager.default.contentsOfDirectory(atPath: traces.path).sorted()
        where name.hasSuffix(".jsonl") {
            let text = try String(contentsOf: traces.appending(path: name), encoding: .utf8)
            for (number, line) in text.split(separator: "\n").enumerated() where line.contains(#""edge->mapper""#) {
                if let message = message(Data(line.utf8), "\(name):\(number + 1)") { messages.append(message) }
            }
        }
        return messages
    }

    private static func message(_ data: Data, _ source: String) -> Message? {
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
            let topic = object["topic"] as? String, let payload = object["payload"] as? String
        else { return nil }
        return Message(topic: topic, payload: Array(payload.utf8), source: source)
    }
}
