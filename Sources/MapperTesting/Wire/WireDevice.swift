// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// A device as membership messages carry it.
struct WireDevice: Hashable, Sendable {
    var id: String
    var name: String
    var description = ""
    var state = ""
    var lastOnline = ""
    /// `nil` when the message had none.
    var attributes: [String: WireAttribute?]?
    /// `nil` when the message had none.
    var twins: [String: WireTwin?]?

    init(id: String, name: String) {
        self.id = id
        self.name = name
    }

    init(_ fields: JSONFields) throws(GoJSONError) {
        id = try fields.string("id") ?? ""
        name = try fields.string("name") ?? ""
        description = try fields.string("description") ?? ""
        state = try fields.string("state") ?? ""
        lastOnline = try fields.string("last_online") ?? ""
        if let members = try fields.map("attributes") { attributes = try WireAttribute.map(members) }
        if let members = try fields.map("twin") { twins = try WireTwin.map(members) }
    }

    var json: JSONValue {
        .object([
            ("id", Self.filled(id)),
            ("name", Self.filled(name)),
            ("description", Self.filled(description)),
            ("state", Self.filled(state)),
            ("last_online", Self.filled(lastOnline)),
            ("attributes", Self.map(attributes) { $0.json }),
            ("twin", Self.map(twins) { $0.isDeleted ? .null : $0.withoutVersions.json }),
        ])
    }

    static func filled(_ text: String) -> JSONValue? { text.isEmpty ? nil : .string(text) }

    private static func map<Element>(
        _ values: [String: Element?]?,
        _ json: (Element) -> JSONValue
    ) -> JSONValue? {
        guard let values, !values.isEmpty else { return nil }
        return .map(values.mapValues { $0.map(json) ?? .null })
    }
}
