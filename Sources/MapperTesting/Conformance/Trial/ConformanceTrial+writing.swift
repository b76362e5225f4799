// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// What a session writes, and what it must not.
extension ConformanceTrial {
    /// Says what came of a write.
    private enum WriteEnd {
        case refused
        case holds
        /// What was read instead.
        case differs(String)
        case stuck
    }

    /// How long a device may take until it shows what was written.
    private static var settling: Duration { .seconds(2) }

    /// Writes what may be written, reads it back, and restores what was there.
    func checkWriting(_ session: Session, _ known: Known) async {
        guard options.writes != .nothing else { return findings.notTried(.writes, "the options allow no writes") }
        let visitors = session.device.visitors.filter { mayWrite($0) && known.readable.contains($0.property.name) }
        guard !visitors.isEmpty else {
            return findings.notTried(.writes, "no property of device '\(session.device.id)' may be written and is read")
        }
        for visitor in visitors {
            guard let before = try? await session.read(visitor)?.get(),
                let value = try? driver.value(of: before, for: visitor)
            else { continue }
            await write(candidates(for: visitor), to: visitor, session)
            await restore(value, to: visitor, session)
        }
    }

    func mayWrite(_ visitor: Visitor) -> Bool {
        guard visitor.property.model.accessMode == .readWrite else { return false }
        switch options.writes {
        case .nothing: return false
        case .writable: return true
        case .only(let names): return names.contains(visitor.property.name)
        }
    }

    private func candidates(for visitor: Visitor) -> [PropertyValue] {
        let candidates = ValueCandidates(for: visitor.property.model)
        return candidates.allowed + (options.writesForbiddenValues ? candidates.forbidden : [])
    }

    private func write(_ values: [PropertyValue], to visitor: Visitor, _ session: Session) async {
        for value in values {
            switch await write(value, to: visitor, session) {
            case .refused, .holds: findings.tried(.writes)
            case .stuck: return
            case .differs(let text):
                let name = visitor.property.name
                return findings.broken(
                    .writes,
                    "device '\(session.device.id)': writing \(Self.excerpt(value.text)) to '\(name)' returned, and \(text)"
                )
            }
        }
    }

    private func write(_ value: PropertyValue, to visitor: Visitor, _ session: Session) async -> WriteEnd {
        guard let raw = try? driver.rawValue(of: value, for: visitor) else { return .refused }
        guard let end = await session.write(raw, to: visitor) else { return .stuck }
        guard end.failure == nil else { return .refused }
        let deadline = ContinuousClock.now + min(Self.settling, options.stepTime)
        while true {
            guard let result = await session.read(visitor) else { return .stuck }
            let value = result.flatMap { sample in Result { try driver.value(of: sample, for: visitor) } }
            if (try? value.get()) == expected(value: raw, of: visitor) { return .holds }
            guard ContinuousClock.now < deadline else { return .differs(Self.text(of: value)) }
            try? await Task.sleep(for: .milliseconds(10))
        }
    }

    /// The value in the property's type that a raw value stands for.
    private func expected(value raw: PropertyValue, of visitor: Visitor) -> PropertyValue? {
        try? driver.value(of: Sample(raw), for: visitor)
    }

    private static func text(of result: Result<PropertyValue, any Error>) -> String {
        switch result {
        case .success(let value): "\(excerpt(value.text)) is read"
        case .failure(let error): "reading fails: \(DeviceError(error))"
        }
    }

    private static func excerpt(_ text: String) -> String { text.count > 40 ? "\(text.prefix(40))…" : text }

    private func restore(_ value: PropertyValue, to visitor: Visitor, _ session: Session) async {
        guard session.stuck == nil else { return }
        switch await write(value, to: visitor, session) {
        case .holds, .stuck: break
        // A value that the device had and does not take, an old marker for one, is no breach.
        case .refused: break
        case .differs(let text):
            findings.broken(
                .writes,
                "device '\(session.device.id)': '\(visitor.property.name)' was \(value.text), writing that back returned, "
                    + "and \(text)"
            )
        }
    }

    // MARK: What a mapper never writes

    /// Writes to properties that are not to be written; a driver may leave that to MapperKit, but not swallow it.
    func checkReadOnly(_ session: Session, _ known: Known) async {
        guard options.writes != .nothing else { return findings.notTried(.readOnly, "the options allow no writes") }
        let visitors = session.device.visitors.filter { visitor in
            visitor.property.model.accessMode == .readOnly && known.still[visitor.property.name] != nil
        }
        if visitors.isEmpty {
            let reason = "no ReadOnly property of device '\(session.device.id)' has a value that stands still"
            findings.notTried(.readOnly, reason)
        }
        for visitor in visitors {
            guard let sample = try? await session.read(visitor)?.get(),
                let value = try? driver.value(of: sample, for: visitor),
                let raw = try? driver.rawValue(of: value, for: visitor),
                let end = await session.write(raw, to: visitor)
            else { continue }
            if end.failure == nil { await judge(takerOfWrites: visitor, holding: value, session) }
            if end.failure != nil { findings.tried(.readOnly) }
        }
    }

    /// Tells a driver that writes what it is told from one that does nothing and says nothing.
    private func judge(takerOfWrites visitor: Visitor, holding value: PropertyValue, _ session: Session) async {
        guard options.writesForbiddenValues else {
            let reason =
                "'\(visitor.property.name)' takes what it has; another value is written only where the options say so"
            return findings.notTried(.readOnly, reason)
        }
        guard let other = ValueCandidates(for: visitor.property.model).allowed.first(where: { $0 != value }) else {
            return
        }
        switch await write(other, to: visitor, session) {
        case .stuck: return
        case .refused, .holds: findings.tried(.readOnly)
        case .differs(let text):
            let sight = "writing \(other.text) to '\(visitor.property.name)', which is ReadOnly, returned, and \(text)"
            findings.broken(.readOnly, "device '\(session.device.id)': \(sight)")
        }
        await restore(value, to: visitor, session)
    }
}
