// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension TwinChange {
    /// Takes a twin away.
    /// - Parameter versions: What the cloud sent; `nil` for a mapper's request.
    mutating func delete(_ twin: WireTwin, _ name: String, versions: (WireVersion?, WireVersion?)?) {
        guard source == .cloud || twin.optional == true else { return }
        document[name] = Self.entry(last: twin, current: nil)
        sync[name] = WireTwin()
        if twin.isDeleted { return }

        var twin = twin
        var hasChanged = false
        for (side, version, sent) in [
            (\WireTwin.expected, \WireTwin.expectedVersion, versions?.0),
            (\WireTwin.actual, \WireTwin.actualVersion, versions?.1),
        ] {
            switch clear(side, version, of: &twin, sent: sent) {
            case .absent: continue
            case .refused:
                sync[name] = twin
                document[name] = nil
                twins[name] = twin
                return
            case .cleared:
                hasChanged = true
                if source == .mapper { sync[name] = twin }
            }
        }
        twins[name] = twin
        finishDeleting(name, hasChanged: hasChanged)
    }

    private enum Clearing {
        case absent
        case cleared
        case refused
    }

    private func clear(
        _ side: WritableKeyPath<WireTwin, WireValue?>,
        _ version: WritableKeyPath<WireTwin, WireVersion?>,
        of twin: inout WireTwin,
        sent: WireVersion?
    ) -> Clearing {
        guard var current = twin[keyPath: version] else {
            twin[keyPath: version] = WireVersion()
            return .absent
        }
        if source == .mapper {
            current.edge += 1
        } else if let sent, !current.follow(sent) {
            return .refused
        }
        twin[keyPath: version] = current
        twin[keyPath: side] = WireValue(nil)
        twin.type = WireTwin.deletedType
        return .cleared
    }

    private mutating func finishDeleting(_ name: String, hasChanged: Bool) {
        guard hasChanged else {
            document[name] = nil
            sync[name] = nil
            return
        }
        isStored = true
        if source == .mapper {
            result[name] = .null
        } else {
            sync[name] = nil
        }
    }
}
