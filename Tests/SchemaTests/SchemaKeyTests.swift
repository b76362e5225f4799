// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import MapperCommand

@Suite("The keys of the schemas are those of the decoders")
struct SchemaKeyTests {
    static let groups = KeyGroup.settings + KeyGroup.modbus + KeyGroup.bluetooth + KeyGroup.profile

    @Test("each key a decoder asks for, and no other", arguments: groups)
    func keys(_ group: KeyGroup) throws {
        let schema = Set(try group.schema.properties(group.pointer).map(\.key))
        #expect(schema == (try group.knownKeys()))
        #expect(try group.schema.node(group.pointer)["additionalProperties"] == false)
    }

    @Test("no group of the schemas that allows certain keys only is left out here")
    func complete() throws {
        for schema in SchemaFile.allCases {
            let root = try schema.root()
            let parts =
                (root["definitions"]?.entries ?? []).map { ("/definitions/\($0.key)", $0.value) }
                + (root["properties"]?.entries ?? []).map { ("/properties/\($0.key)", $0.value) } + [("", root)]
            let closed = parts.filter { $0.1["additionalProperties"] == false }.map(\.0)
            #expect(Set(closed) == Set(Self.groups.filter { $0.schema == schema }.map(\.pointer)))
        }
    }

    @Test("keys that have an effect are exactly those of the environment")
    func settings() throws {
        var keys: Set<String> = []
        for group in KeyGroup.settings {
            let name = group.pointer.split(separator: "/").last.map { "\($0)." } ?? ""
            for (key, schema) in try group.schema.properties(group.pointer) where schema["properties"] == nil {
                // Keys of mapper-framework and of KubeEdge's mappers are taken from the environment, too.
                let isEffectless = schema["deprecationMessage"] != nil
                guard !isEffectless || SettingKey.all.contains(SettingKey(name + key)) else { continue }
                keys.insert(name + key)
            }
        }
        #expect(keys == Set(SettingKey.all.map { $0.path.joined(separator: ".") }))
    }
}
