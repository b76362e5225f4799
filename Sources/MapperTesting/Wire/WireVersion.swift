// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Counts who has written one side of a twin, to tell conflicts.
struct WireVersion: Hashable, Sendable {
    /// The Device object's resource version when the cloud last wrote.
    var cloud: Int64 = 0
    /// How often the edge has written since.
    var edge: Int64 = 0

    init(cloud: Int64 = 0, edge: Int64 = 0) {
        self.cloud = cloud
        self.edge = edge
    }

    init(_ fields: JSONFields) throws(GoJSONError) {
        cloud = try fields.int("cloud") ?? 0
        edge = try fields.int("edge") ?? 0
    }

    var json: JSONValue { .object([("cloud", .int(cloud)), ("edge", .int(edge))]) }

    /// Takes over the cloud's version; `false` when this side is ahead of it.
    mutating func follow(_ other: WireVersion) -> Bool {
        guard cloud <= other.cloud, edge <= other.edge else { return false }
        self = other
        return true
    }
}
