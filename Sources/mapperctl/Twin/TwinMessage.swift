// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// What EdgeCore says about twins, as far as people want to see it.
struct TwinMessage: Decodable, Hashable {
    /// One side of a twin.
    struct Side: Decodable, Hashable {
        /// When EdgeCore took it.
        struct Metadata: Decodable, Hashable {
            var timestamp: Int64?
        }

        var value: String?
        var metadata: Metadata?
    }

    /// One property's twin.
    struct Twin: Decodable, Hashable {
        /// What kind of value it has.
        struct Metadata: Decodable, Hashable {
            var type: String?
        }

        var expected: Side?
        var actual: Side?
        var metadata: Metadata?
    }

    var eventID: String
    var timestamp: Int64
    var code: Int?
    var reason: String?
    /// All twins of a `get/result`, those concerned of a `delta`.
    var twin: [String: Twin]?

    private enum CodingKeys: String, CodingKey {
        case eventID = "event_id"
        case timestamp, code, reason, twin
    }

    /// - Returns: `nil` for a text that is no such message.
    init?(payload: [UInt8]) {
        guard let message = try? JSONDecoder().decode(Self.self, from: Data(payload)) else { return nil }
        self = message
    }
}
