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
        await withTaskGroup(of: String?.self) { group in
            for (known, session) in sessions { group.addTask { await use(session, known) } }
            for await complaint in group { if let complaint { complaints.append(complaint) } }
        }
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
    /// - Returns: what is wrong.
    private func use(_ session: Session, _ known: Known) async -> String? {
        // Values that are mixed up in every batch are no matter of the crowd.
        let still = findings.isBroken(.order) ? [:] : known.still
        let visitors = session.device.visitors.filter { known.readable.contains($0.property.name) }
        var complaint: String?
        for _ in 0..<3 where complaint == nil {
            guard let results = await session.read(visitors, hanging: .crowd) else { break }
            complaint = Self.complaint(about: results, of: visitors, still)
        }
        await session.close()
        return complaint.map { "\(session.device.id): \($0)" }
    }

    private static func complaint(
        about results: [Result<Sample, any Error>],
        of visitors: [Visitor],
        _ still: [String: PropertyValue]
    ) -> String? {
        guard results.count == visitors.count else {
            return "\(results.count) results for \(visitors.count) properties"
        }
        for (visitor, result) in zip(visitors, results) {
            let name = visitor.property.name
            switch result {
            case .failure(let error): return "'\(name)': \(DeviceError(error))"
            case .success(let sample):
                guard let expected = still[name], sample.value != expected else { continue }
                return "'\(name)' is \(sample.value.text) here and \(expected.text) alone"
            }
        }
        return nil
    }
}
