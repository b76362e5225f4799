// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile

/// The JSON Schemas of this repository.
enum SchemaFile: String, CaseIterable, Sendable {
    /// What a mapper's configuration file may hold.
    case config = "mappers/config.schema.json"
    /// What a file of devices may hold.
    case profile = "mappers/profile.schema.json"

    /// The schema as a tree.
    func root() throws -> ConfigNode {
        guard let root = try ConfigReader().read(file: Project.path(rawValue)).first else { throw NoSuchPart() }
        return root
    }

    /// The part that a JSON pointer leads to, behind references.
    func node(_ pointer: String) throws -> ConfigNode {
        let root = try root()
        var node = root
        for step in pointer.split(separator: "/") {
            guard let next = node[String(step)] else { throw NoSuchPart(pointer: pointer) }
            node = try Self.resolved(next, in: root)
        }
        return node
    }

    /// The properties that a part has by itself, behind references, in the order of the file.
    func properties(_ pointer: String) throws -> [(key: String, schema: ConfigNode)] {
        let root = try root()
        return try (node(pointer)["properties"]?.entries ?? []).map {
            ($0.key, try Self.resolved($0.value, in: root))
        }
    }

    private static func resolved(_ node: ConfigNode, in root: ConfigNode) throws -> ConfigNode {
        guard let reference = node["$ref"]?.string else { return node }
        var target = root
        for step in reference.dropFirst(2).split(separator: "/") {
            guard let next = target[String(step)] else { throw NoSuchPart(pointer: reference) }
            target = next
        }
        return try resolved(target, in: root)
    }

    /// Says that a pointer leads nowhere.
    struct NoSuchPart: Error {
        var pointer = ""
    }
}
