// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Hands out the members of an object as Go fills a struct: names in any letter case, `null` and absence alike.
struct JSONFields {
    private let members: [JSONValue.Member]
    private let structName: String

    /// Takes an object; `null` is as good as an empty one.
    init(_ member: JSONValue.Member, structName: String) throws(GoJSONError) {
        self.structName = structName
        switch member.value {
        case .object(let members): self.members = members
        case .null: members = []
        default: throw .type(member.value.goKind, offset: member.end, structName: "", field: member.key)
        }
    }

    func string(_ name: String) throws(GoJSONError) -> String? {
        guard let member = member(name) else { return nil }
        guard case .string(let text) = member.value else { throw mismatch(member, name) }
        return text
    }

    func boolean(_ name: String) throws(GoJSONError) -> Bool? {
        guard let member = member(name) else { return nil }
        guard case .boolean(let value) = member.value else { throw mismatch(member, name) }
        return value
    }

    func int(_ name: String) throws(GoJSONError) -> Int64? {
        guard let member = member(name) else { return nil }
        guard case .number(let text) = member.value else { throw mismatch(member, name) }
        guard let value = Int64(text) else {
            throw .type("number \(text)", offset: member.end, structName: structName, field: name)
        }
        return value
    }

    func fields(_ name: String, structName: String) throws(GoJSONError) -> JSONFields? {
        guard let member = member(name) else { return nil }
        return try JSONFields(member, structName: structName)
    }

    /// The members of an object that stands for a Go map, the last of equal keys.
    func map(_ name: String) throws(GoJSONError) -> [String: JSONValue.Member]? {
        guard let member = member(name) else { return nil }
        guard case .object(let members) = member.value else { throw mismatch(member, name) }
        return Dictionary(members.map { ($0.key, $0) }) { _, last in last }
    }

    func array(_ name: String) throws(GoJSONError) -> [JSONValue]? {
        guard let member = member(name) else { return nil }
        guard case .array(let elements) = member.value else { throw mismatch(member, name) }
        return elements
    }

    private func member(_ name: String) -> JSONValue.Member? {
        members.last { $0.key.lowercased() == name && $0.value != .null }
    }

    private func mismatch(_ member: JSONValue.Member, _ name: String) -> GoJSONError {
        .type(member.value.goKind, offset: member.end, structName: structName, field: name)
    }
}
