// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// One attribute of a device; CloudCore never sends any, but EdgeCore knows them.
struct WireAttribute: Hashable, Sendable {
    var value: String
    var optional: Bool?
    /// `nil` when there is no metadata.
    var type: String?

    init(_ fields: JSONFields) throws(GoJSONError) {
        value = try fields.string("value") ?? ""
        optional = try fields.boolean("optional")
        if let metadata = try fields.fields("metadata", structName: "TypeMetadata") {
            type = try metadata.string("type") ?? ""
        }
    }

    init(value: String) {
        self.value = value
    }

    /// Reads a map of attributes; `null` stands for one to be removed.
    static func map(_ members: [String: JSONValue.Member]) throws(GoJSONError) -> [String: WireAttribute?] {
        var attributes: [String: WireAttribute?] = [:]
        for (name, member) in members {
            let attribute = member.value == .null ? nil : try WireAttribute(JSONFields(member, structName: "MsgAttr"))
            attributes.updateValue(attribute, forKey: name)
        }
        return attributes
    }

    var json: JSONValue {
        .object([
            ("value", .string(value)),
            ("optional", optional.map(JSONValue.boolean)),
            ("metadata", type.map { .object([("type", $0.isEmpty ? nil : .string($0))]) }),
        ])
    }
}
