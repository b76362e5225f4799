// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

@testable import MapperTesting

/// What every message of a mapper must be like to be safe for EdgeCore v1.0 to v1.14.
enum PublishedMessageRules {
    /// What only the edge, or this test in its place, publishes.
    private static let edgeEndings = ["/result", "/delta", "/document", "/updated", "/desired", "/mark"]
    private static let states: Set<String> = ["online", "offline", "unknown"]
    private static let types: Set<String> = ["string", "int", "float", "boolean"]
    private static let marks = Set("-_.,:/@#")

    /// The rules that messages break, one sentence for each breach.
    static func breaches(_ messages: [SeenMessage]) -> [String] {
        let (fromEdge, fromMapper) = messages.reduce(into: ([SeenMessage](), [SeenMessage]())) { parts, message in
            if edgeEndings.contains(where: message.topic.hasSuffix) {
                parts.0.append(message)
            } else {
                parts.1.append(message)
            }
        }
        // A type that this edge itself gave to a twin is one that it takes back.
        let types = fromEdge.flatMap {
            $0.json?["twin"]?.members?.values.compactMap { type($0["current"] ?? $0) } ?? []
        }
        return fromMapper.flatMap { message in
            breaches(message, Self.types.union(types)).map { "\($0): \(message.topic) \(message.payload)" }
        }
    }

    private static func breaches(_ message: SeenMessage, _ types: Set<String>) -> [String] {
        var breaches: [String] = []
        if message.isRetained { breaches.append("it is retained") }
        guard let json = message.json, let members = json.members else { return breaches + ["it is no JSON object"] }
        guard case .string? = members["event_id"] else { return breaches + ["event_id is no string"] }
        if !isWhole(members["timestamp"]) { breaches.append("timestamp is no integer") }
        if message.topic.hasSuffix("/twin/update") {
            breaches += twins(members["twin"], types)
        } else if message.topic.hasSuffix("/state/update") {
            if !states.contains(message.state ?? "") { breaches.append("the state is none of \(states.sorted())") }
        } else if !message.topic.hasSuffix("/twin/get"), !message.topic.hasSuffix("/data/update") {
            breaches.append("nobody reads this topic")
        }
        return breaches
    }

    private static func twins(_ twins: JSONValue?, _ types: Set<String>) -> [String] {
        guard let twins = twins?.members else { return ["there is no twin"] }
        if twins.isEmpty { return ["the twin is empty"] }
        return twins.flatMap { name, twin in self.twin(name, twin, types) }
    }

    private static func twin(_ name: String, _ twin: JSONValue, _ types: Set<String>) -> [String] {
        var breaches: [String] = []
        if !isAllowed(name, atMost: 128) || name.isEmpty { breaches.append("the name '\(name)' is not allowed") }
        let others = (twin.members ?? [:]).keys.filter { $0 != "actual" && $0 != "metadata" }
        if !others.isEmpty { breaches.append("'\(name)' has \(others.sorted())") }
        if case .string(let value)? = twin["actual"]?["value"] {
            if !isAllowed(value, atMost: 512) { breaches.append("the value of '\(name)' is not allowed") }
        } else {
            breaches.append("the actual value of '\(name)' is no string")
        }
        guard let type = type(twin), types.contains(type) else {
            return breaches + ["the type of '\(name)' is none of \(types.sorted())"]
        }
        return breaches
    }

    private static func type(_ twin: JSONValue) -> String? {
        guard case .string(let type)? = twin["metadata"]?["type"] else { return nil }
        return type
    }

    private static func isWhole(_ value: JSONValue?) -> Bool {
        guard case .number(let text)? = value else { return false }
        return Int64(text) != nil
    }

    private static func isAllowed(_ text: String, atMost limit: Int) -> Bool {
        text.utf8.count <= limit
            && text.allSatisfy { marks.contains($0) || ($0.isASCII && ($0.isLetter || $0.isNumber)) }
    }
}
