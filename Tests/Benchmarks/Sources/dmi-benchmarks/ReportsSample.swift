// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking

/// Is what the mapper takes, and what the edge has got, at a moment.
struct ReportsSample: Sendable {
    /// Seconds since the start.
    let time: Double
    let figures: ProcessFigures
    let record: EdgeRecord
    let behind: Int

    static let heading = "      s  requests  refused    twins  requests/s  messages/s  not known   RSS MiB  CPU %"

    var mebibytes: Double { Double(figures.residentKilobytes) / 1024 }

    func line(after previous: ReportsSample) -> String {
        let span = max(time - previous.time, 0.001)
        let (requests, messages) = (record.requests - previous.record.requests, self.messages - previous.messages)
        let share = (figures.cpu - previous.figures.cpu).seconds / span * 100
        let cells: [(String, Int)] = [
            (time.text(0), 7), ("\(record.requests)", 10), ("\(record.refused)", 9), ("\(record.twins)", 9),
            ((Double(requests) / span).text(2), 12), ((Double(messages) / span).text(1), 12), ("\(behind)", 11),
            (mebibytes.text(1), 10), (share.text(1), 7),
        ]
        return cells.map { String(repeating: " ", count: max($1 - $0.count, 0)) + $0 }.joined()
    }

    private var messages: Int { record.twins + record.states }
}
