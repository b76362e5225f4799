// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// What a session reads.
extension ConformanceTrial {
    /// Several readings of each property, each in a call of its own.
    typealias Alone = [String: Result<Sample, any Error>]

    func checkEmptyBatch(_ session: Session) async {
        guard let results = await session.read([], miscounting: .emptyBatch) else { return }
        if results.isEmpty { findings.tried(.emptyBatch) }
    }

    /// Reads each property alone, then in batches of all sorts.
    func checkReading(_ session: Session) async -> Known? {
        let device = session.device
        guard !device.visitors.isEmpty else {
            findings.notTried(.reads, "device '\(device.id)' has no properties")
            return Known(device: device, readable: [], still: [:])
        }
        guard let before = await alone(session) else { return nil }
        findings.tried(.reads)
        let readable = Set(before.filter { (try? $0.value.get()) != nil }.keys)
        guard !readable.isEmpty else {
            let reasons = device.visitors.compactMap { visitor in before[visitor.property.name]?.failure }
            findings.broken(.reads, "device '\(device.id)': \(reasons.first.map { "\(DeviceError($0))" } ?? "nothing")")
            return nil
        }
        checkValues(before, of: device)
        return Known(device: device, readable: readable, still: await checkBatches(session, before))
    }

    private func checkValues(_ alone: Alone, of device: BoundDevice) {
        findings.tried(.valuesFit)
        for visitor in device.visitors {
            guard let sample = try? alone[visitor.property.name]?.get(),
                let complaint = Self.complaint(about: sample, of: visitor, driver)
            else { continue }
            findings.broken(.valuesFit, "device '\(device.id)': \(complaint)")
        }
    }

    /// Reads every property in a call of its own.
    func alone(_ session: Session) async -> Alone? {
        var results: Alone = [:]
        for visitor in session.device.visitors {
            guard let result = await session.read(visitor) else { return nil }
            results[visitor.property.name] = result
        }
        return results
    }

    /// What is read twice with the same value.
    private func still(_ first: Alone, _ second: Alone) -> [String: PropertyValue] {
        first.compactMapValues { try? $0.get().value }.filter { name, value in
            (try? second[name]?.get().value) == value
        }
    }

    /// The same with the values of now, after writes.
    func refreshed(_ known: Known?, _ session: Session) async -> Known? {
        guard var known, session.stuck == nil, let first = await alone(session), let second = await alone(session)
        else { return nil }
        known.still = still(first, second)
        return known
    }

    // MARK: Batches

    /// - Returns: the values that stand still.
    private func checkBatches(_ session: Session, _ before: Alone) async -> [String: PropertyValue] {
        let device = session.device
        guard device.visitors.count > 1 else {
            findings.notTried(.order, "device '\(device.id)' has one property only")
            findings.notTried(.ownFailures, "device '\(device.id)' has one property only")
            return [:]
        }
        var batches: [(visitors: [Visitor], results: [Result<Sample, any Error>])] = []
        for visitors in Self.arrangements(of: device.visitors) {
            guard let results = await session.read(visitors) else {
                findings.notTried(.order, "a batch gave no results, or a wrong number of them")
                return [:]
            }
            batches.append((visitors, results))
        }
        guard let after = await alone(session) else { return [:] }
        let still = still(before, after)
        await checkOrder(session, batches, still)
        await checkFailures(session, batches, before, after)
        return still
    }

    /// All properties forwards, backwards, the even and the odd ones, and all but the first.
    private static func arrangements(of visitors: [Visitor]) -> [[Visitor]] {
        let even = visitors.indices.filter { $0.isMultiple(of: 2) }.map { visitors[$0] }
        let odd = visitors.indices.filter { !$0.isMultiple(of: 2) }.map { visitors[$0] }
        return [visitors, visitors.reversed(), even, Array(odd.reversed()), Array(visitors.dropFirst())]
    }

    private func checkOrder(
        _ session: Session,
        _ batches: [(visitors: [Visitor], results: [Result<Sample, any Error>])],
        _ still: [String: PropertyValue]
    ) async {
        guard Set(still.values).count > 1 else {
            let reason = "no two properties of device '\(session.device.id)' have values that stand still and differ"
            return findings.notTried(.order, reason)
        }
        findings.tried(.order)
        for (visitors, results) in batches {
            for (visitor, result) in zip(visitors, results) {
                let name = visitor.property.name
                guard let expected = still[name], let value = try? result.get().value, value != expected,
                    await stands(visitor, at: expected, session)
                else { continue }
                let batch = visitors.map(\.property.name).joined(separator: ", ")
                findings.broken(
                    .order,
                    "device '\(session.device.id)': '\(name)' is \(expected.text) alone and \(value.text) among \(batch)"
                )
            }
        }
    }

    /// Whether a value does not move, however often it is read.
    private func stands(_ visitor: Visitor, at value: PropertyValue, _ session: Session) async -> Bool {
        for _ in 0..<5 {
            guard let result = await session.read(visitor), (try? result.get().value) == value else { return false }
        }
        return true
    }

    private func checkFailures(
        _ session: Session,
        _ batches: [(visitors: [Visitor], results: [Result<Sample, any Error>])],
        _ before: Alone,
        _ after: Alone
    ) async {
        let device = session.device.id
        // Results that are mixed up say nothing about who failed.
        guard !findings.isBroken(.order) else {
            return findings.notTried(.ownFailures, "results come in a wrong order")
        }
        let failing = before.filter { $0.value.failure != nil && after[$0.key]?.failure != nil }.keys
        if failing.isEmpty {
            findings.notTried(.ownFailures, "every property of device '\(device)' is read")
        } else {
            findings.tried(.ownFailures)
        }
        for (visitors, results) in batches {
            for (visitor, result) in zip(visitors, results) {
                let name = visitor.property.name
                guard let error = result.failure, before[name]?.failure == nil, after[name]?.failure == nil,
                    await keepsFailing(visitor, among: visitors, session)
                else { continue }
                let batch = visitors.map(\.property.name).joined(separator: ", ")
                findings.broken(
                    .ownFailures,
                    "device '\(device)': '\(name)' is read alone and fails among \(batch): \(DeviceError(error))"
                )
            }
        }
    }

    /// Whether it was no chance that a property failed in a batch.
    private func keepsFailing(_ visitor: Visitor, among visitors: [Visitor], _ session: Session) async -> Bool {
        guard let position = visitors.firstIndex(where: { $0.property.name == visitor.property.name }) else {
            return false
        }
        for _ in 0..<2 {
            guard let results = await session.read(visitors), results[position].failure != nil,
                let alone = await session.read(visitor), alone.failure == nil
            else { return false }
        }
        return true
    }

    // MARK: Portions

    func checkPortions(_ session: Session, _ known: Known) async {
        let visitors = session.device.visitors
        guard !visitors.isEmpty else { return findings.notTried(.portions, "there are no properties") }
        let half = visitors.count / 2
        let cases = [(visitors, []), (Array(visitors[half...]), Array(visitors[..<half])), ([visitors[0]], [])]
        for (due, others) in cases {
            guard let portions = await session.portions(of: due, with: others) else { return }
            findings.tried(.portions)
            for complaint in Self.complaints(about: portions, due: due, session.device) {
                findings.broken(.portions, "device '\(session.device.id)': \(complaint)")
            }
            for portion in portions where !portion.isEmpty {
                guard await session.read(portion) != nil else { return }
            }
        }
    }

    private static func complaints(about portions: [[Visitor]], due: [Visitor], _ device: BoundDevice) -> [String] {
        let counts = Dictionary(portions.joined().map { ($0.property.name, 1) }, uniquingKeysWith: +)
        let missed = due.filter { counts[$0.property.name, default: 0] != 1 }.map { visitor in
            "of \(due.count) due properties '\(visitor.property.name)' is in \(counts[visitor.property.name, default: 0]) portions"
        }
        let strangers = counts.keys.filter { device.visitor(of: $0) == nil }.map { "'\($0)' is no property of it" }
        return missed + strangers.sorted()
    }

    // MARK: Giving way

    func checkGivingWay(_ session: Session, _ known: Known) async {
        let visitors = session.device.visitors.filter { known.readable.contains($0.property.name) }
        guard !visitors.isEmpty else { return findings.notTried(.giveWay, "there are no properties that are read") }
        for _ in 0..<3 {
            guard let results = await readWhilePressed(session, visitors) else { return }
            findings.tried(.giveWay)
            for (visitor, result) in zip(visitors, results) {
                guard let error = result.failure, DeviceError(error).code != .cancelled else { continue }
                let complaint = "'\(visitor.property.name)' failed otherwise: \(DeviceError(error))"
                findings.broken(.giveWay, "device '\(session.device.id)': \(complaint)")
            }
        }
        guard let next = await session.read(visitors) else { return }
        for (visitor, result) in zip(visitors, next) {
            guard let error = result.failure else { continue }
            let complaint = "the next reading of '\(visitor.property.name)' fails: \(DeviceError(error))"
            findings.broken(.giveWay, "device '\(session.device.id)': \(complaint)")
        }
    }

    /// Reads while a command is said to wait, over and over.
    private func readWhilePressed(_ session: Session, _ visitors: [Visitor]) async -> [Result<Sample, any Error>]? {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [threads, options] in
                let lane = DriverLane(threads)
                while !Task.isCancelled {
                    let end = await lane.call(within: options.stepTime) { session.session.giveWay() }
                    if case .hung = end, !Task.isCancelled {
                        findings.broken(.giveWay, "device '\(session.device.id)': giveWay did not return")
                        return
                    }
                    try? await Task.sleep(for: .milliseconds(1))
                }
            }
            let results = await session.read(visitors)
            group.cancelAll()
            return results
        }
    }
}

extension Result {
    /// The error, if there is one.
    var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
