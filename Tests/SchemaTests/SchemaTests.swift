// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@Suite("The JSON Schemas")
struct SchemaTests {
    @Test(
        "are schemas",
        .enabled(if: SchemaVerdicts.isAvailable, "needs the Debian package python3-jsonschema")
    )
    func valid() throws {
        let questions = SchemaFile.allCases.map { SchemaVerdicts.Question(schema: $0, document: [:]) }
        #expect(try SchemaVerdicts.ask(questions).invalid == [:])
    }

    @Test(
        "describe every key, and have nothing beside a reference, which editors would not see",
        arguments: SchemaFile.allCases
    )
    func described(_ schema: SchemaFile) throws {
        var keys = 0
        try visit(try schema.root(), "") { node, place in
            if let reference = node["$ref"] {
                #expect(node.entries?.count == 1, "\(place) has something beside $ref")
                _ = try schema.node(String(reference.string?.dropFirst() ?? ""))
            }
            // Parts of a condition repeat keys that are described where they are declared.
            guard node["description"]?.string != nil else { return }
            for entry in node["properties"]?.entries ?? [] where entry.value["$ref"] == nil {
                keys += 1
                let text = entry.value["description"]?.string ?? entry.value["allOf"]?.elements?.first?["$ref"]?.string
                #expect(text?.isEmpty == false, "\(place)/\(entry.key) is not described")
            }
        }
        #expect(keys > 40)
    }

    @Test("use every definition they have", arguments: SchemaFile.allCases)
    func used(_ schema: SchemaFile) throws {
        var references: Set<String> = []
        let root = try schema.root()
        visit(root, "") { node, _ in
            if let reference = node["$ref"]?.string { references.insert(reference) }
        }
        let definitions = (root["definitions"]?.entries ?? []).map { "#/definitions/\($0.key)" }
        #expect(Set(definitions) == references)
    }

    /// Looks at every group in a tree.
    private func visit(_ node: ConfigNode, _ place: String, _ body: (ConfigNode, String) throws -> Void) rethrows {
        if node.entries != nil { try body(node, place) }
        for entry in node.entries ?? [] { try visit(entry.value, "\(place)/\(entry.key)", body) }
        for element in node.elements ?? [] { try visit(element, "\(place)/-", body) }
    }
}
