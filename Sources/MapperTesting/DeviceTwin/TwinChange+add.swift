// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension TwinChange {
    /// Creates a twin that the edge did not have.
    /// - Returns: whether the rest of the message is looked at.
    mutating func add(_ wanted: WireTwin, as name: String) throws(TwinCrash) -> Bool {
        // These two stay behind when the message turns out to have no version.
        document[name] = Self.entry(last: nil, current: nil)
        if source == .cloud, wanted.type == nil { throw crash(name, "no 'metadata'") }
        sync[name] = WireTwin()

        var twin = WireTwin()
        if source == .cloud, wanted.isDeleted {
            twin.expectedVersion = wanted.expectedVersion
            twin.actualVersion = wanted.actualVersion
        }
        guard try add(\.expected, \.expectedVersion, of: wanted, to: &twin, name),
            try add(\.actual, \.actualVersion, of: wanted, to: &twin, name)
        else { return source == .cloud }
        twin.optional = wanted.optional ?? true
        twin.type = wanted.type ?? "string"
        finishAdding(TwinStore.reloaded(twin, rules.version), as: name)
        return true
    }

    /// Takes over one side.
    /// - Returns: `false` when there will be no twin.
    private mutating func add(
        _ side: WritableKeyPath<WireTwin, WireValue?>,
        _ version: WritableKeyPath<WireTwin, WireVersion?>,
        of wanted: WireTwin,
        to twin: inout WireTwin,
        _ name: String
    ) throws(TwinCrash) -> Bool {
        guard let value = wanted[keyPath: side] else { return true }
        var newVersion = WireVersion(edge: 1)
        if source == .cloud {
            newVersion = WireVersion()
            guard let sent = wanted[keyPath: version], newVersion.follow(sent) else { return false }
        }
        guard let text = value.value else { throw crash(name, "a side without 'value'") }
        if let reason = rules.refusal(of: text, as: wanted.type ?? "string") {
            document[name] = nil
            sync[name] = nil
            if source == .mapper { refusal = reason }
            return false
        }
        twin[keyPath: side] = WireValue(text, at: now)
        twin[keyPath: version] = newVersion
        return true
    }

    private mutating func finishAdding(_ twin: WireTwin, as name: String) {
        twins[name] = twin
        isStored = true
        document[name] = Self.entry(last: nil, current: twin.isDeleted ? nil : twin)
        if source == .mapper {
            result[name] = twin.withoutVersions.json
            sync[name] = twin
        } else {
            sync[name] = nil
        }
    }
}
