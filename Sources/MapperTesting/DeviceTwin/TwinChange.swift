// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Applies one message to the twins of one device, and collects what is to be said about it.
struct TwinChange {
    /// Who wants the change.
    enum Source {
        case mapper
        case cloud
    }

    let device: String
    let source: Source
    let now: Int64
    let rules: TwinRules

    /// The twins, before and after.
    var twins: [String: WireTwin]
    /// What the mapper is told that changed.
    var result: [String: JSONValue] = [:]
    /// Before and after, for whoever watches.
    var document: [String: JSONValue] = [:]
    /// What the cloud is told, with versions.
    var sync: [String: WireTwin] = [:]
    /// Why the whole message is refused.
    var refusal: String?
    /// Whether anything is to be stored.
    var isStored = false

    /// Applies a message, property by property in the order of their names, until one is refused.
    mutating func apply(_ wanted: [String: WireTwin?]) throws(TwinCrash) {
        for (name, wanted) in wanted.sorted(by: { $0.key < $1.key }) {
            guard try apply(wanted, to: name) else { return }
        }
    }

    /// - Returns: whether to go on with the next property.
    private mutating func apply(_ wanted: WireTwin?, to name: String) throws(TwinCrash) -> Bool {
        guard let twin = twins[name] else {
            guard let wanted else {
                document[name] = Self.entry(last: nil, current: nil)
                return false
            }
            return try add(wanted, as: name)
        }
        guard let wanted else {
            guard source == .mapper else { throw crash(name, "no content") }
            delete(twin, name, versions: nil)
            return true
        }
        if source == .cloud {
            guard wanted.type != nil else { throw crash(name, "no 'metadata'") }
            if wanted.isDeleted {
                delete(twin, name, versions: (wanted.expectedVersion, wanted.actualVersion))
                return true
            }
        }
        return try compare(twin, with: wanted, name)
    }

    func crash(_ property: String, _ lack: String) -> TwinCrash {
        TwinCrash(device: device, property: property, lack: lack)
    }

    static func entry(last: WireTwin?, current: WireTwin?) -> JSONValue {
        .object([
            ("last", last?.withoutVersions.json ?? .null),
            ("current", current?.withoutVersions.json ?? .null),
        ])
    }
}
