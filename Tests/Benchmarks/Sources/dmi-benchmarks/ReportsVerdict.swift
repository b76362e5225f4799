// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking
import MapperCommand

/// Judges a run.
struct ReportsVerdict {
    let field: CountingField
    /// The first one at the start, the last one at the end.
    let samples: [ReportsSample]
    /// How the mapper ended.
    let exitCode: Int32
    /// What the mapper said.
    let words: [Substring]

    /// Prints what came out.
    /// - Throws: ``BenchmarkFailure`` when something is not as it has to be.
    func conclude() throws {
        guard let first = samples.first, let last = samples.last else { return }
        say()
        table(first, last).lines.forEach(say)
        say()
        words.prefix(10).forEach { say("mapper: \($0)") }
        last.record.complaints.prefix(10).forEach { say("edge: \($0)") }
        let complaints = complaints(last)
        say("verdict: " + (complaints.isEmpty ? "passed" : "FAILED: \(complaints.joined(separator: "; "))"))
        if !complaints.isEmpty { throw BenchmarkFailure("the benchmark failed") }
    }

    private func table(_ first: ReportsSample, _ last: ReportsSample) -> TextTable {
        let record = last.record
        let need = Double(field.size) / field.counter.step
        // The first minute fills what is kept of each property.
        let warm = samples.dropFirst(2).first ?? first
        var table = TextTable(["", ""])
        table.add(["seconds, from the first change to the last value", last.time.text(0)])
        table.add(["seconds in which values changed", (Double(field.counter.last) * field.counter.step).text(0)])
        table.add(["requests", "\(record.requests)"])
        table.add(["refused", "\(record.refused)"])
        table.add(["twins", "\(record.twins)"])
        table.add(["states", "\(record.states)"])
        table.add(["requests a second", (Double(record.requests) / last.time).text(2)])
        table.add(["messages a second", (Double(record.twins + record.states) / last.time).text(1)])
        table.add(["requests a second, one for each change of a property", need.text(0)])
        table.add(["last values lost", "\(last.behind)"])
        table.add(["longest time a change was not known, s", record.longestAge.text(0)])
        table.add(["memory at the start, MiB", first.mebibytes.text(1)])
        table.add(["memory after \(warm.time.text(0)) s, MiB", warm.mebibytes.text(1)])
        table.add(["memory at the end, MiB", last.mebibytes.text(1)])
        table.add(["growth after \(warm.time.text(0)) s, MiB", (last.mebibytes - warm.mebibytes).text(1)])
        table.add(["processor time of the mapper, s", last.figures.cpu.seconds.text(1)])
        table.add(["share of a core, %", (last.figures.cpu.seconds / last.time * 100).text(1)])
        return table
    }

    private func complaints(_ last: ReportsSample) -> [String] {
        var complaints: [String] = []
        if last.record.refused > 0 { complaints.append("\(last.record.refused) requests were refused") }
        if last.behind > 0 { complaints.append("\(last.behind) last values are lost") }
        if !last.record.complaints.isEmpty { complaints.append("\(last.record.complaints.count) words of trouble") }
        if exitCode != 0 { complaints.append("the mapper ended with \(exitCode)") }
        return complaints
    }
}
