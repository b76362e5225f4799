// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking
import Foundation

/// Is what the mapper takes, and what it has reported, at a moment.
struct SoakSample: Sendable {
    let time: Duration
    let figures: ProcessFigures
    let values: Int
    let wrong: Int
    /// How many devices have told a value in the last half minute.
    let heard: Int

    init(at time: Duration, _ figures: ProcessFigures, _ seen: SoakWitness.Seen) {
        self.time = time
        self.figures = figures
        (values, wrong) = (seen.values, seen.wrong)
        let since = ContinuousClock.now - .seconds(30)
        heard = seen.heard.values.count { $0 > since }
    }

    var mebibytes: Double { Double(figures.residentKilobytes) / 1024 }

    func line(after previous: SoakSample) -> String {
        let share = (figures.cpu - previous.figures.cpu) / (time - previous.time) * 100
        let cells: [(String, Int)] = [
            (time.seconds.text(0), 7), (mebibytes.text(1), 11), ("\(figures.descriptors)", 13),
            ("\(figures.threads)", 9), (share.text(1), 9), ("\(values)", 11), ("\(wrong)", 7), ("\(heard)", 16),
        ]
        return cells.map { String(repeating: " ", count: max($1 - $0.count, 0)) + $0 }.joined()
    }
}
