// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking
import MapperCommand

/// Judges a soak.
struct SoakVerdict {
    let world: SoakWorld
    let samples: [SoakSample]
    let seen: SoakWitness.Seen
    let faults: SoakFaults
    let exitCode: Int32

    /// Prints what came out.
    /// - Throws: ``BenchmarkFailure`` when something is not as it has to be.
    func conclude() throws {
        var table = TextTable(["", "after warm-up", "middle", "end"])
        let (early, middle, late) = (part(0.25, 0.5), part(0.5, 0.75), part(0.75, 1))
        table.add(["memory, MiB (median)"] + [early, middle, late].map { median($0, \.mebibytes).text(1) })
        table.add(["descriptors (median)"] + [early, middle, late].map { median($0, \.descriptors).text(0) })
        table.add(["threads (median)"] + [early, middle, late].map { median($0, \.threads).text(0) })
        say()
        table.lines.forEach(say)
        say()
        say("\(faults.requests) requests, \(faults.total) of them with a fault: \(faults.text)")
        say("\(seen.values) values checked in \(seen.messages) messages, \(seen.wrong) wrong")
        seen.examples.forEach { say("  wrong: \($0)") }
        say("\(samples.last?.heard ?? 0) of \(world.names.count) devices were heard in the last 30 s")
        let complaints = complaints(early, late)
        say("verdict: " + (complaints.isEmpty ? "passed" : "FAILED: \(complaints.joined(separator: "; "))"))
        if !complaints.isEmpty { throw BenchmarkFailure("the soak failed") }
    }

    private func complaints(_ early: [SoakSample], _ late: [SoakSample]) -> [String] {
        var complaints: [String] = []
        let growth = median(late, \.mebibytes) - median(early, \.mebibytes)
        if growth > max(1.5, 0.03 * median(early, \.mebibytes)) {
            complaints.append("memory grew by \(growth.text(1)) MiB")
        }
        if median(late, \.descriptors) > median(early, \.descriptors) + 2 { complaints.append("more open files") }
        if median(late, \.threads) > median(early, \.threads) + 2 { complaints.append("more threads") }
        if seen.wrong > 0 { complaints.append("\(seen.wrong) wrong values") }
        if seen.values == 0 { complaints.append("no values") }
        if seen.heard.count < world.names.count { complaints.append("only \(seen.heard.count) devices ever heard") }
        if (samples.last?.heard ?? 0) < world.names.count * 9 / 10 {
            complaints.append("devices are missing at the end")
        }
        if exitCode != 0 { complaints.append("the mapper ended with \(exitCode)") }
        return complaints
    }

    /// The samples of a part of the time.
    private func part(_ from: Double, _ to: Double) -> [SoakSample] {
        let count = Double(samples.count)
        return Array(samples[Int(count * from)..<Int(count * to)])
    }

    private func median(_ samples: [SoakSample], _ figure: (SoakSample) -> Double) -> Double {
        Distribution(samples.map(figure)).median
    }

    private func median(_ samples: [SoakSample], _ figure: KeyPath<ProcessFigures, Int>) -> Double {
        median(samples) { Double($0.figures[keyPath: figure]) }
    }
}
