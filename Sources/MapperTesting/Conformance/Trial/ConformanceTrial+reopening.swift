// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// What is left of sessions that came and went.
extension ConformanceTrial {
    /// What a number of sessions left behind.
    private struct Remains {
        /// What came to be open during each session.
        var opened: [Set<String>] = []
        /// What came to be open during pauses as long as the sessions: that was others in this process.
        var openedByOthers: [Set<String>] = []
        /// By how much memory has grown with each session, in KiB, beyond what it grew in the pause behind it.
        var growths: [Int] = []

        /// By how much memory has grown with all sessions, in KiB, as the middle half of them has it.
        ///
        /// What others in this process take or give back comes in jumps, which fall into few sessions.
        var growth: Int {
            let middle = growths.sorted().dropFirst(growths.count / 4).dropLast(growths.count / 4)
            return middle.reduce(0, +) * growths.count / max(middle.count, 1)
        }
    }

    /// How many of so many sessions left a descriptor behind.
    private struct Leak: CustomStringConvertible {
        var sessions: Int
        var leaving: Int
        var example: String

        var isLeak: Bool { leaving * 2 > sessions }

        var description: String { "\(leaving) of \(sessions) sessions left a descriptor, \(example) for example" }
    }

    /// How much memory so many sessions left behind, in KiB.
    private struct Growth: CustomStringConvertible {
        var sessions: Int
        var memory: Int

        var isLeak: Bool { memory > sessions * ConformanceTrial.growthAllowed }

        var description: String { "\(sessions) sessions left \(memory) KiB" }
    }

    /// How often something has to be seen: other tests in the same process open files and take memory too.
    private static var confirmations: Int { 3 }

    /// How many more sessions there are when something is seen again: what is left by sessions grows with them.
    private static var magnification: Int { 3 }

    /// In KiB for each session; less is not told from what others in the process do.
    fileprivate static var growthAllowed: Int { 64 }

    func checkReopening(_ known: Known) async {
        // What a driver keeps for all sessions, it has after a few.
        guard await openAndClose(known, times: min(5, options.reopenings)) != nil else { return }
        var leak: Leak?
        var growth: Growth?
        for attempt in 0..<Self.confirmations {
            let times = options.reopenings * (attempt > 0 ? Self.magnification : 1)
            guard let remains = await openAndClose(known, times: times, beside: attempt > 0) else { return }
            let (left, grown) = (await leftovers(of: remains), Growth(sessions: times, memory: remains.growth))
            // What is not seen again was chance.
            leak = (attempt == 0 || leak != nil) && left.isLeak ? left : nil
            growth = (attempt == 0 || growth != nil) && grown.isLeak ? grown : nil
            if leak == nil, growth == nil { break }
        }
        findings.tried(.descriptors)
        findings.tried(.memory)
        if let leak { findings.broken(.descriptors, "device '\(known.device.id)': \(leak)") }
        if let growth { findings.broken(.memory, "device '\(known.device.id)': \(growth)") }
    }

    /// - Parameter isCompared: Whether each session is followed by a pause in which only others open something.
    /// - Returns: what the sessions left; `nil` when one was not to be had.
    private func openAndClose(_ known: Known, times: Int, beside isCompared: Bool = false) async -> Remains? {
        var remains = Remains()
        for _ in 1...max(times, 1) {
            let (start, before) = (ContinuousClock.now, ProcessCensus())
            guard await openReadAndClose(known) else { return nil }
            let after = ProcessCensus()
            remains.opened.append(after.descriptors.subtracting(before.descriptors))
            remains.growths.append(after.memory - before.memory)
            guard isCompared else { continue }
            try? await Task.sleep(for: ContinuousClock.now - start)
            let later = ProcessCensus()
            remains.openedByOthers.append(later.descriptors.subtracting(after.descriptors))
            remains.growths[remains.growths.count - 1] -= later.memory - after.memory
        }
        return remains
    }

    private func openReadAndClose(_ known: Known) async -> Bool {
        let device = known.device
        findings.tried(.reopens)
        switch await openPatiently(device, hanging: .reopens) {
        case .hung: return false
        case .threw(let error):
            findings.broken(.reopens, "device '\(device.id)': not opened again: \(DeviceError(error))")
            return false
        case .returned(let session):
            let complaint = await complaint(about: session, known)
            guard await session.close() else { return false }
            guard let complaint else { return true }
            findings.broken(.reopens, "device '\(device.id)', opened again: \(complaint)")
            return false
        }
    }

    /// What is wrong with the readings of a session that was opened later; `nil` when they are as before.
    func complaint(about session: Session, _ known: Known) async -> String? {
        let visitors = session.device.visitors.filter { known.readable.contains($0.property.name) }
        guard let results = await session.read(visitors) else { return session.stuck ?? "a wrong number of results" }
        for (visitor, result) in zip(visitors, results) {
            guard let error = result.failure else { continue }
            return "'\(visitor.property.name)': \(DeviceError(error))"
        }
        return nil
    }

    /// How many sessions left something that does not go away, beyond what others left, and one such thing.
    private func leftovers(of remains: Remains) async -> Leak {
        let deadline = ContinuousClock.now + min(options.stepTime, .seconds(2))
        while true {
            let now = ProcessCensus().descriptors
            let left = remains.opened.map { $0.intersection(now) }.filter { !$0.isEmpty }
            let others = remains.openedByOthers.count { !$0.isDisjoint(with: now) }
            let leak = Leak(
                sessions: remains.opened.count,
                leaving: left.count - others,
                example: left.last?.sorted().first ?? ""
            )
            guard leak.isLeak, ContinuousClock.now < deadline else { return leak }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }
}
