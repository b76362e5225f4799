// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI
import MapperKit
import MapperProfile
import Testing

@Suite("The tables of keys in the READMEs")
struct KeyTableTests {
    /// The groups of each file's tables, one after the other; several tables may share a group, and a prefix.
    private static let tables: [(file: String, groups: [KeyGroup], counts: [Int])] = [
        ("mappers/README.md", KeyGroup.settings, [1]),
        ("mappers/modbus/README.md", KeyGroup.modbus, [1, 3]),
        ("mappers/bluetooth/README.md", Array(KeyGroup.bluetooth.prefix(3)), [1, 3, 1]),
    ]

    /// A row with the group and the name of its key there.
    private struct Entry {
        var file: String
        var row: KeyTable.Row
        var group: KeyGroup
        var key: String
        var schema: ConfigNode
    }

    /// The rows, each with its key in the schema.
    private static func entries() throws -> [Entry] {
        try tables.flatMap { file, groups, counts in
            let tables = try KeyTable.all(in: file)
            if groups.count == KeyGroup.settings.count {
                return try tables.flatMap(\.rows).compactMap { try settingsEntry(file, $0) }
            }
            // Bluetooth's converter stands between the visitor's own tables and the one about numbers.
            let order = counts == [1, 3, 1] ? [0, 1, 1, 1, 2] : [0, 1, 1, 1]
            return try zip(tables, order).flatMap { table, number in
                try table.rows.compactMap { row in
                    let group = groups[number]
                    let schema = try group.schema.properties(group.pointer).first { $0.key == row.key }?.schema
                    return schema.map { Entry(file: file, row: row, group: group, key: row.key, schema: $0) }
                }
            }
        }
    }

    private static func settingsEntry(_ file: String, _ row: KeyTable.Row) throws -> Entry? {
        let path = row.key.split(separator: ".").map(String.init)
        let pointer = path.count == 1 ? "" : "/properties/\(path[0])"
        guard let group = KeyGroup.settings.first(where: { $0.pointer == pointer }), let key = path.last,
            let schema = try group.schema.properties(pointer).first(where: { $0.key == key })?.schema
        else { return nil }
        return Entry(file: file, row: row, group: group, key: key, schema: schema)
    }

    @Test("have every key with an effect once, and no others")
    func complete() throws {
        let entries = try Self.entries()
        for (file, groups, counts) in Self.tables {
            let tables = try KeyTable.all(in: file)
            #expect(tables.count == counts.reduce(0, +), "\(file)")
            let rows = tables.flatMap(\.rows)
            let found = entries.filter { $0.file == file }
            #expect(rows.map(\.key) == found.map(\.row.key), "\(file) has keys that the schema has not")
            for group in groups {
                let keys = try group.schema.properties(group.pointer)
                    .filter {
                        $0.schema["deprecationMessage"] == nil && $0.schema["properties"] == nil
                            || $0.key == "dataConverter"
                    }
                    .map(\.key)
                let listed = found.filter { $0.group.pointer == group.pointer }.map(\.key)
                #expect(listed.sorted() == keys.sorted(), "\(file): \(group.pointer)")
            }
        }
    }

    @Test("name the keys that are accepted without effect, outside of the tables")
    func effectless() throws {
        for (file, groups, _) in Self.tables {
            let text = try Project.text(file)
            for group in groups {
                for (key, schema) in try group.schema.properties(group.pointer)
                where schema["deprecationMessage"] != nil {
                    let name = group.pointer.hasPrefix("/properties/") ? "\(group.pointer.dropFirst(12)).\(key)" : key
                    #expect(text.contains("`\(name)`"), "\(file): \(name)")
                }
            }
        }
    }

    @Test("have the schema's ranges, words, units and defaults")
    func facts() throws {
        let entries = try Self.entries()
        #expect(entries.count > 90)
        for entry in entries {
            let (row, words) = (entry.row, SchemaWords(schema: entry.schema))
            let place = Comment(rawValue: "\(entry.file): \(row.key)")
            #expect(!row.meaning.isEmpty && !row.range.isEmpty, place)
            if let range = words.range { #expect(row.range.contains(range), place) }
            if words.isListedElsewhere {
                let text = try Project.text(entry.file)
                let missing = words.choices.compactMap(\.string).filter { !text.contains("`\($0)`") }
                #expect(missing == [], place)
            }
            #expect(row.unit == words.unit, place)
            // What the description says, and the value where there is one.
            let plain = row.defaultValue.replacing("`", with: "")
            #expect(plain == words.describedDefault, place)
            if let value = words.defaultValue { #expect(row.defaultValue == value, place) }
        }
    }

    @Test("have examples that decode and pass the checks")
    func examples() throws {
        for entry in try Self.entries() {
            let example = try #require(entry.row.example, "\(entry.row.key) has no example")
            let document = try #require(try ConfigReader().parse(Array(example.utf8), file: entry.file).first)
            let only = try #require(document.entries?.first)
            #expect(only.key == entry.key && document.entries?.count == 1)
            let trials = try entry.group.trials(entry.key, only.value)
            let isTaken = trials.contains { !$0.isRefused }
            #expect(isTaken, "\(entry.file): \(example): \(trials.map { "\($0.diagnostics)" }.first ?? "")")
        }
    }

    @Test(
        "have examples that the schema takes",
        .enabled(if: SchemaVerdicts.isAvailable, "needs the Debian package python3-jsonschema")
    )
    func examplesBySchema() throws {
        let questions = try Self.entries().map { entry in
            let document = try ConfigReader().parse(Array((entry.row.example ?? "").utf8), file: entry.file).first
            return SchemaVerdicts.Question(
                schema: entry.group.schema,
                pointer: "\(entry.group.pointer)/properties/\(entry.key)",
                document: document?.entries?.first?.value ?? ConfigNode(.mapping([]))
            )
        }
        for (question, complaints) in zip(questions, try SchemaVerdicts.complaints(questions)) {
            #expect(complaints == [], "\(question.pointer): \(question.document.json)")
        }
    }

    @Test("say of DMI's rates what the link takes without them")
    func rates() throws {
        let link = DMIConfiguration(mapperSocket: "/run/m.sock", name: "m", version: "v1", protocolName: "p")
        let described = Dictionary(
            uniqueKeysWithValues: try SchemaFile.config.properties("/properties/dmi").map {
                ($0.key, SchemaWords(schema: $0.schema).describedDefault)
            }
        )
        #expect(described["requestsPerSecond"] == ConfigNode(.double(link.requestsPerSecond)).json)
        #expect(described["messagesPerSecond"] == ConfigNode(.double(link.messagesPerSecond)).json)
    }
}
