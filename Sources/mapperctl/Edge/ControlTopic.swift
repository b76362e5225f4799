// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The way by which `mapperctl twin set` reaches `mapperctl edge`, in place of the cluster.
///
/// A real EdgeCore does not listen there.
enum ControlTopic {
    private static let prefix = "$ke/mapperctl/cloud/"
    private static let suffix = "/desired"

    /// The edge's answer to a request.
    struct Answer: Codable, Hashable {
        /// Why the value was not taken; `nil` when it was.
        var reason: String?
    }

    /// What the edge listens to: devices without and with a namespace.
    static let filters = ["\(prefix)+\(suffix)", "\(prefix)+/+\(suffix)"]

    static func request(_ device: String) -> String { prefix + device + suffix }

    static func answer(_ device: String) -> String { request(device) + "/result" }

    /// The device of a request's topic; `nil` for other topics.
    static func device(_ topic: String) -> String? {
        guard topic.hasPrefix(prefix), topic.hasSuffix(suffix) else { return nil }
        return String(topic.dropFirst(prefix.count).dropLast(suffix.count))
    }

    /// The desired values in a request, `nil` for one to be cleared.
    static func values(_ payload: [UInt8]) -> [String: String?]? {
        try? JSONDecoder().decode([String: String?].self, from: Data(payload))
    }

    static func payload(_ values: [String: String?]) throws -> [UInt8] {
        Array(try JSONEncoder().encode(values))
    }

    static func payload(_ answer: Answer) throws -> [UInt8] {
        Array(try JSONEncoder().encode(answer))
    }

    static func answer(in payload: [UInt8]) -> Answer? {
        try? JSONDecoder().decode(Answer.self, from: Data(payload))
    }
}
