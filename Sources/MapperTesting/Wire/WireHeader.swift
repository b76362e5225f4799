// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// What every message carries: who asked, and when.
struct WireHeader: Hashable, Sendable {
    var eventID: String
    var timestamp: Int64

    init(eventID: String, timestamp: Int64) {
        self.eventID = eventID
        self.timestamp = timestamp
    }

    init(_ fields: JSONFields) throws(GoJSONError) {
        eventID = try fields.string("event_id") ?? ""
        timestamp = try fields.int("timestamp") ?? 0
    }

    /// Reads a message of which nothing else matters.
    init(parsing payload: [UInt8]) throws(GoJSONError) {
        try self.init(JSONFields(JSONParser.parse(payload), structName: "BaseMessage"))
    }

    /// A message with this header.
    func message(_ members: [(String, JSONValue?)]) -> String {
        JSONValue.object([("event_id", .string(eventID)), ("timestamp", .int(timestamp))] + members).text
    }
}
