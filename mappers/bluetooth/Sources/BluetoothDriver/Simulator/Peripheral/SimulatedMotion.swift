// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc

/// Says how a simulated value changes with time.
struct SimulatedMotion: Hashable, Sendable {
    /// Is the course of a number.
    enum Course: Hashable, Sendable {
        case constant(Int64)
        /// Up by a step each time.
        case counter(from: Int64, step: Int64)
        case sine(middle: Double, swing: Double, period: Duration)
    }

    var course: Course
    /// How often the value changes, and subscribers are told.
    var interval: Duration
    /// How many bytes the number takes, the least significant first.
    var byteCount: Int
    /// What stands in front of the number.
    var prefix: [UInt8] = []

    /// Which of its values is the one at a moment, counted from 0.
    func step(at time: Duration) -> Int64 {
        guard interval > .zero else { return 0 }
        return Int64((time / interval).rounded(.down))
    }

    /// The value at a moment.
    func value(at time: Duration) -> [UInt8] {
        let step = step(at: time)
        let number = number(at: step)
        return prefix + (0..<byteCount).map { UInt8(truncatingIfNeeded: number >> (Int64($0) * 8)) }
    }

    private func number(at step: Int64) -> Int64 {
        switch course {
        case .constant(let number): return number
        case .counter(let start, let size): return start &+ step &* size
        case .sine(let middle, let swing, let period):
            let turns = interval * Double(step) / period
            return Int64((middle + swing * sin(2 * .pi * turns)).rounded())
        }
    }
}
