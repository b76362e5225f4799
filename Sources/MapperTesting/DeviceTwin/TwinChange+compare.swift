// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension TwinChange {
    /// What became of one side of a twin.
    private enum Taking {
        case untouched
        case taken
        /// The sender's version is behind.
        case refused
        /// The value does not fit the type.
        case invalid(String)
    }

    /// Brings a known twin up to date.
    /// - Returns: whether the rest of the message is looked at.
    mutating func compare(_ old: WireTwin, with wanted: WireTwin, _ name: String) throws(TwinCrash) -> Bool {
        var twin = old
        var echo = WireTwin()
        var hasChanged = false
        var isAllowed = true
        for (side, version) in [
            (\WireTwin.expected, \WireTwin.expectedVersion), (\WireTwin.actual, \WireTwin.actualVersion),
        ] {
            switch try take(side, version, of: wanted, to: &twin, &echo, name, isAllowed: isAllowed) {
            case .untouched: break
            case .taken: hasChanged = true
            case .refused: isAllowed = false
            case .invalid(let reason):
                guard source == .cloud else {
                    refusal = reason
                    return false
                }
            }
        }
        if isAllowed, takeRest(of: wanted, to: &twin, &echo) { hasChanged = true }
        finishComparing(old, twin, echo, name, hasChanged: hasChanged, isAllowed: isAllowed)
        return true
    }

    private func take(
        _ side: WritableKeyPath<WireTwin, WireValue?>,
        _ version: WritableKeyPath<WireTwin, WireVersion?>,
        of wanted: WireTwin,
        to twin: inout WireTwin,
        _ echo: inout WireTwin,
        _ name: String,
        isAllowed: Bool
    ) throws(TwinCrash) -> Taking {
        guard let new = wanted[keyPath: side] else { return .untouched }
        if twin[keyPath: side] != nil || rules.version.checksFirstValue {
            guard let text = new.value else { throw crash(name, "a side without 'value'") }
            let type = twin.isDeleted ? wanted.type : twin.type
            if let reason = rules.refusal(of: text, as: type ?? "string") { return .invalid(reason) }
        }
        guard isAllowed else { return .untouched }

        var current = twin[keyPath: version] ?? WireVersion()
        let isAhead = !advance(&current, to: wanted[keyPath: version])
        twin[keyPath: version] = current
        if isAhead {
            guard twin[keyPath: side] != nil else { throw crash(name, "an older version than the edge, and no value") }
        } else {
            twin[keyPath: side] = WireValue(new.value, at: now)
        }
        if isAhead || source == .mapper {
            echo[keyPath: side] = twin[keyPath: side]
            echo[keyPath: version] = current
            echo.optional = twin.optional
            echo.type = twin.type
        }
        return isAhead ? .refused : .taken
    }

    private func advance(_ version: inout WireVersion, to sent: WireVersion?) -> Bool {
        if source == .mapper {
            version.edge += 1
            return true
        }
        guard let sent else { return false }
        return version.follow(sent)
    }

    /// Takes whether the twin may be removed, and the type of one that was removed before.
    /// - Returns: whether that counts as a change.
    private func takeRest(of wanted: WireTwin, to twin: inout WireTwin, _ echo: inout WireTwin) -> Bool {
        var hasChanged = false
        if wanted.optional == false, twin.optional == true {
            twin.optional = false
            echo.optional = false
            hasChanged = true
        }
        if let type = wanted.type {
            // Another type changes nothing but counts as a change.
            guard type != twin.type else { return hasChanged }
            if twin.isDeleted {
                twin.type = type
                echo.type = type
            }
            return true
        }
        guard twin.isDeleted else { return hasChanged }
        twin.type = "string"
        echo.type = "string"
        return true
    }

    private mutating func finishComparing(
        _ old: WireTwin,
        _ new: WireTwin,
        _ echo: WireTwin,
        _ name: String,
        hasChanged: Bool,
        isAllowed: Bool
    ) {
        twins[name] = new
        if hasChanged {
            isStored = true
            document[name] = Self.entry(last: old.isDeleted ? nil : old, current: new)
            if source == .mapper {
                result[name] = echo.withoutVersions.json
                sync[name] = echo
            }
        }
        if source == .cloud, !isAllowed { sync[name] = echo }
    }
}
