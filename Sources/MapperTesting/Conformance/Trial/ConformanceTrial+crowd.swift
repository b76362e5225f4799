// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// What many devices do to each other.
extension ConformanceTrial {
    func checkCrowd(_ known: [Known]) async {
        guard options.crowdSize > 1 else { return findings.notTried(.crowd, "the options ask for no crowd") }
        guard !findings.isBroken(.reopens) else { return findings.notTried(.crowd, "the device is not opened again") }
        let crowd = crowd(known)
        let findingsOfDriver = driver.check(crowd.map(\.device))
        if let finding = findingsOfDriver.first(where: { $0.severity == .error }) {
            return findings.notTried(.crowd, "the driver allows no two devices for one: \(finding.message)")
        }
        // Beside the first one, at the same place.
        guard let first = crowd.first, let second = crowd.dropFirst(known.count).first ?? crowd.dropFirst().first,
            let cost = await cost(of: first, and: second)
        else { return }
        findings.tried(.crowd)
        // On one line they are served one after the other.
        var (sessions, complaints) = await open(crowd, within: options.stepTime + cost * crowd.count)
        // All are open by now: what one reads is read beside all the others.
        var deviations: [Deviation] = []
        await withTaskGroup(of: (complaint: String?, deviations: [Deviation]).self) { group in
            for (known, session) in sessions { group.addTask { await use(session, known) } }
            for await (complaint, found) in group {
                deviations += found
                if let complaint { complaints.append(complaint) }
            }
        }
        complaints += await confirmed(deviations, known).map(\.description)
        guard let complaint = complaints.sorted().first else { return }
        findings.broken(.crowd, "\(complaints.count) of \(crowd.count) devices: \(complaint)")
    }

    /// Opens all devices at once.
    private func open(
        _ crowd: [Known],
        within limit: Duration
    ) async -> (sessions: [(Known, Session)], complaints: [String]) {
        await withTaskGroup(of: (Known, CallEnd<Session>).self) { group in
            for known in crowd {
                group.addTask { (known, await openPatiently(known.device, within: limit, hanging: .crowd)) }
            }
            var sessions: [(Known, Session)] = []
            var complaints: [String] = []
            for await (known, end) in group {
                switch end {
                case .returned(let session): sessions.append((known, session))
                case .threw(let error): complaints.append("\(known.device.id): \(DeviceError(error))")
                case .hung: break
                }
            }
            return (sessions, complaints)
        }
    }

    /// The profile's devices in turn, each under a name of its own.
    private func crowd(_ known: [Known]) -> [Known] {
        (0..<options.crowdSize).compactMap { number in
            let original = known[number % known.count]
            var instance = original.device.instance
            instance.id.name += "-\(number + 1)"
            return DriverBinding(driver).bind(instance).device.map { device in
                Known(device: device, readable: original.readable, still: original.still)
            }
        }
    }

    /// How long two devices take together; `nil` when their place takes only one.
    private func cost(of first: Known, and second: Known) async -> Duration? {
        let start = ContinuousClock.now
        guard case .returned(let session) = await openPatiently(first.device, hanging: .crowd) else {
            findings.notTried(.crowd, "the first of the devices was not opened")
            return nil
        }
        let reason = await reasonAgainst(second)
        await session.close()
        guard let reason else { return ContinuousClock.now - start }
        findings.notTried(.crowd, "the device takes no second session beside the first: \(reason)")
        return nil
    }

    /// Why a device cannot be used beside another one at the same place.
    private func reasonAgainst(_ second: Known) async -> String? {
        switch await open(second.device, hanging: .crowd) {
        case .hung: return "it does not open"
        case .threw(let error): return "\(DeviceError(error))"
        case .returned(let session):
            let complaint = await complaint(about: session, second)
            await session.close()
            return complaint
        }
    }

    /// Reads a device of the crowd a few times, and closes it.
    private func use(_ session: Session, _ known: Known) async -> (complaint: String?, deviations: [Deviation]) {
        let visitors = session.device.visitors.filter { known.readable.contains($0.property.name) }
        var complaint: String?
        var deviations: [Deviation] = []
        for _ in 0..<3 where complaint == nil {
            guard let results = await session.read(visitors, hanging: .crowd) else { break }
            for (visitor, result) in zip(visitors, results) {
                let name = visitor.property.name
                switch result {
                case .failure(let error): complaint = "\(session.device.id): '\(name)': \(DeviceError(error))"
                case .success(let sample):
                    guard let expected = known.still[name], sample.value != expected else { continue }
                    deviations.append(
                        Deviation(device: session.device.id, property: name, value: sample.value, expected: expected)
                    )
                }
            }
        }
        await session.close()
        return (complaint, deviations)
    }

    /// Something that was read in the crowd and is otherwise alone.
    private struct Deviation: CustomStringConvertible {
        var device: DeviceID
        var property: String
        var value: PropertyValue
        var expected: PropertyValue

        var description: String { "\(device): '\(property)' is \(value.text) here and \(expected.text) alone" }
    }

    /// Those whose property still has the value that was expected; of the others, the device may have changed its mind.
    private func confirmed(_ deviations: [Deviation], _ known: [Known]) async -> [Deviation] {
        // Values that are mixed up in every batch are no matter of the crowd.
        guard !deviations.isEmpty, !findings.isBroken(.order) else { return [] }
        var still: Set<String> = []
        for original in known {
            guard case .returned(let session) = await openPatiently(original.device, hanging: .crowd) else { continue }
            let now = await alone(session) ?? [:]
            await session.close()
            still.formUnion(
                original.still.filter { name, value in (try? now[name]?.get().value) == value }
                    .map { "\($0.key) \($0.value.text)" }
            )
        }
        return deviations.filter { still.contains("\($0.property) \($0.expected.text)") }
    }
}
