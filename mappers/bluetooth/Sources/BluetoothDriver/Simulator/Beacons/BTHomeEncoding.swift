// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Turns values into objects of BTHome.
enum BTHomeEncoding {
    /// The object that suits a field's numbers best; `nil` when no object tells the field.
    static func object(for field: BeaconField, _ course: SimulatedCourse) -> BTHomeObject? {
        let all = BTHomeObject.table.values.filter { $0.field == field && $0.unit == nil }.sorted { $0.id < $1.id }
        return all.first { object in
            guard let range = range(object.form) else { return true }
            return range.lowerBound <= course.low && range.upperBound >= course.high
        } ?? all.last
    }

    /// The object's bytes for a moment, the id first.
    static func octets(_ object: BTHomeObject, _ course: SimulatedCourse, at step: Int) -> [UInt8] {
        let seconds = Double(step)
        switch object.form {
        case .unsigned(let count, let scale), .signed(let count, let scale):
            // What counts packets counts those with something new.
            let number = object.field == .packetID ? Double(step % 256) : course.number(at: seconds)
            return [object.id] + little(raw(number, scale, range(object.form)), count)
        case .flag: return [object.id, course.isHigh(at: seconds) ? 1 : 0]
        // Nothing, pressed, pressed twice.
        case .button: return [object.id, UInt8(step / 5 % 3)]
        case .dimmer:
            let steps = course.number(at: seconds).rounded()
            return [object.id, steps < 0 ? 1 : steps > 0 ? 2 : 0, UInt8(min(abs(steps), 255))]
        // Without arguments: off, on.
        case .command: return [object.id, 0, UInt8(step / 5 % 2)]
        case .text:
            let text = Array(course.name.utf8.prefix(12))
            return [object.id, UInt8(text.count)] + text
        case .raw: return [object.id, 4] + (0..<4).map { UInt8(truncatingIfNeeded: step + $0) }
        case .version(let count): return [object.id] + (0..<count).map { $0 == count - 1 ? 1 : 0 }
        }
    }

    private static func raw(_ number: Double, _ scale: BeaconScale, _ range: ClosedRange<Double>?) -> Int64 {
        let held = range.map { min(max(number, $0.lowerBound), $0.upperBound) } ?? number
        return Int64((held * power(scale.decimals) / Double(scale.step)).rounded())
    }

    /// What a number may be; `nil` for what is none.
    private static func range(_ form: BTHomeObject.Form) -> ClosedRange<Double>? {
        switch form {
        case .unsigned(let count, let scale):
            return 0...(power(2, count * 8) - 1) * Double(scale.step) / power(scale.decimals)
        case .signed(let count, let scale):
            let half = power(2, count * 8 - 1)
            let step = Double(scale.step) / power(scale.decimals)
            return -half * step...(half - 1) * step
        default: return nil
        }
    }

    private static func power(_ exponent: Int) -> Double { power(10, exponent) }

    private static func power(_ base: Double, _ exponent: Int) -> Double {
        (0..<exponent).reduce(1) { result, _ in result * base }
    }

    private static func little(_ number: Int64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> Int64($0 * 8)) }
    }
}
