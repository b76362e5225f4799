// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// One property's twin as messages carry it and EdgeCore keeps it.
struct WireTwin: Hashable, Sendable {
    /// The type of a twin that the cloud has taken away.
    static let deletedType = "deleted"

    var expected: WireValue?
    var actual: WireValue?
    var optional: Bool?
    /// `nil` when there is no metadata.
    var type: String?
    var expectedVersion: WireVersion?
    var actualVersion: WireVersion?

    init() {}

    init(_ fields: JSONFields) throws(GoJSONError) {
        if let side = try fields.fields("expected", structName: "TwinValue") { expected = try WireValue(side) }
        if let side = try fields.fields("actual", structName: "TwinValue") { actual = try WireValue(side) }
        optional = try fields.boolean("optional")
        if let metadata = try fields.fields("metadata", structName: "TypeMetadata") {
            type = try metadata.string("type") ?? ""
        }
        if let version = try fields.fields("expected_version", structName: "TwinVersion") {
            expectedVersion = try WireVersion(version)
        }
        if let version = try fields.fields("actual_version", structName: "TwinVersion") {
            actualVersion = try WireVersion(version)
        }
    }

    /// Reads a map of twins; `null` stands for one to be removed.
    static func map(_ members: [String: JSONValue.Member]) throws(GoJSONError) -> [String: WireTwin?] {
        var twins: [String: WireTwin?] = [:]
        for (name, member) in members {
            let twin = member.value == .null ? nil : try WireTwin(JSONFields(member, structName: "MsgTwin"))
            twins.updateValue(twin, forKey: name)
        }
        return twins
    }

    var isDeleted: Bool { type == Self.deletedType }

    /// The same without what only edge and cloud tell each other.
    var withoutVersions: WireTwin {
        var twin = self
        twin.expectedVersion = nil
        twin.actualVersion = nil
        return twin
    }

    var json: JSONValue {
        .object([
            ("expected", expected?.json),
            ("actual", actual?.json),
            ("optional", optional.map(JSONValue.boolean)),
            ("metadata", type.map { .object([("type", $0.isEmpty ? nil : .string($0))]) }),
            ("expected_version", expectedVersion?.json),
            ("actual_version", actualVersion?.json),
        ])
    }
}
