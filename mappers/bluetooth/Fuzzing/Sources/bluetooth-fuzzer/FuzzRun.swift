// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
import BluetoothFuzzing

/// Gives each subject its turns, says every minute where things stand, and judges in the end.
struct FuzzRun {
    /// How long one subject goes on before it is the next one's turn.
    private static let turn = Duration.milliseconds(500)

    private let seed: UInt64
    private let subjects: [FuzzSubject]
    /// How many MB the memory may grow.
    private let limit: Int
    private let watch: FuzzWatch
    private var rounds: [FuzzSubject: UInt64] = [:]
    private var tallies: [FuzzSubject: FuzzTally] = [:]

    init(seed: UInt64, subjects: [FuzzSubject], limit: Int, watch: FuzzWatch) {
        self.seed = seed
        self.subjects = subjects
        self.limit = limit
        self.watch = watch
    }

    /// Goes on for so long.
    /// - Throws: ``FuzzFailure`` when something was found.
    mutating func last(_ time: Duration) async throws {
        let start = ContinuousClock.now
        let (end, warm) = (start + time, start + min(.seconds(60), time / 2))
        var minute = start + .seconds(60)
        var first: ProcessFigures?
        say("seed \(seed), \(time.components.seconds) s")
        while ContinuousClock.now < end {
            for subject in subjects { try await turn(subject, until: min(.now + Self.turn, end)) }
            if first == nil, ContinuousClock.now >= warm { first = await .settled() }
            guard ContinuousClock.now >= minute else { continue }
            report(after: start.duration(to: .now), await .settled())
            minute += .seconds(60)
        }
        watch.rest()
        let figures = await ProcessFigures.settled(notAbove: first?.descriptors)
        report(after: start.duration(to: .now), figures)
        try judge(first ?? figures, figures)
    }

    private mutating func turn(_ subject: FuzzSubject, until end: ContinuousClock.Instant) async throws {
        repeat {
            let round = rounds[subject, default: 0]
            watch.begin(subject, round)
            do {
                tallies[subject, default: FuzzTally()].add(try await subject.run(seed: seed, round: round))
            } catch {
                throw FuzzFailure("\(watch.place): \(error)")
            }
            rounds[subject] = round + 1
        } while ContinuousClock.now < end
    }

    private func report(after time: Duration, _ figures: ProcessFigures) {
        let counts = subjects.map { subject in
            let tally = tallies[subject] ?? FuzzTally()
            return "\(subject) \(rounds[subject] ?? 0) (\(tally.taken)/\(tally.refused))"
        }
        say("\(time.components.seconds) s: \(counts.joined(separator: ", ")); \(figures)")
    }

    private func judge(_ first: ProcessFigures, _ last: ProcessFigures) throws {
        let growth = (last.residentKilobytes - first.residentKilobytes) / 1024
        var problems: [String] = []
        if growth > limit { problems.append("the memory grew by \(growth) MB, allowed are \(limit)") }
        if last.descriptors > first.descriptors {
            problems.append("\(last.descriptors) descriptors are open, there were \(first.descriptors)")
        }
        for subject in subjects where tallies[subject]?.taken ?? 0 == 0 || tallies[subject]?.refused ?? 0 == 0 {
            problems.append("\(subject): nothing was tried, all was taken or all refused")
        }
        guard problems.isEmpty else { throw FuzzFailure(problems.joined(separator: "; ")) }
        say("no crash, no hang, no growth: \(growth) MB of \(limit), \(last.descriptors) descriptors as before")
    }
}
#endif
