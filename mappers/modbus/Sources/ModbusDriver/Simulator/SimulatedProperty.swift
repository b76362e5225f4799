// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import MapperKit

/// Is one property of a simulated device: where it lies, and how its value goes.
struct SimulatedProperty: Sendable {
    /// How a value goes.
    enum Motion: Sendable {
        /// Up and down around a middle.
        case wave(middle: Double, swing: Double)
        /// Up only, one step a second.
        case counter(from: Double)
        /// Only the mapper changes it; until then what is desired, or a number inside the limits.
        case still(PropertyValue?, orNumber: Double)
    }

    /// Units of what only ever grows.
    private static let countedUnits: Set<String> = ["h", "kWh", "Wh", "MWh", "kvarh", "kVAh", "Ah"]

    let name: String
    let layout: RegisterLayout
    let motion: Motion
    private let phase: Double

    /// Works out a property's behaviour from its model; `nil` when its visitor cannot be served.
    init?(_ visitor: PropertyVisitor<ModbusVisitor>, transform: ValueTransform) {
        let model = visitor.property.model
        guard let layout = try? RegisterLayout(of: visitor.config, for: model) else { return nil }
        self.layout = layout
        name = model.name
        phase = Double(name.utf8.reduce(0) { ($0 * 31 + Int($1)) % 360 }) / 360
        let (low, high) = Self.rawLimits(of: model, transform)
        let isCommanded = model.accessMode == .readWrite && layout.table.isWritable
        if isCommanded {
            let desired = visitor.property.desired.flatMap { Self.raw($0, of: model, transform) }
            motion = .still(desired, orNumber: min(max(0, low.rounded(.up)), high))
        } else if let unit = model.unit, Self.countedUnits.contains(unit) {
            motion = .counter(from: low + (high - low) / 10)
        } else {
            motion = .wave(middle: (low + high) / 2, swing: (high - low) * 0.3)
        }
    }

    /// Whether the mapper decides the value.
    var isCommanded: Bool {
        if case .still = motion { true } else { false }
    }

    /// What to store at a moment; nothing when the registers cannot hold it.
    func writes(at seconds: Double) -> [ModbusRequest] {
        let value = value(at: seconds)
        if let patch = try? layout.patch(of: value) { return patch.maskWrites }
        return (try? layout.write(of: value)).map { [$0] } ?? []
    }

    /// The raw value at a moment.
    private func value(at seconds: Double) -> PropertyValue {
        if case .still(let value?, _) = motion { return value }
        switch layout.form {
        case .integer(let bits, let isSigned): return .int(whole(number(seconds), bits, isSigned))
        case .byte(_, let isSigned): return .int(whole(number(seconds), 8, isSigned))
        case .bitField(_, let count, let isSigned): return .int(whole(number(seconds), count, isSigned))
        case .decimal:
            return .int(min(whole(number(seconds), 63, false), RegisterLayout.power(10, layout.span.count * 4) - 1))
        case .packedBits: return .int(whole(number(seconds), layout.span.count, false))
        case .float16, .float32, .float64: return .double((number(seconds) * 1000).rounded() / 1000)
        case .truth, .bit, .registerBit: return .boolean(isHigh(seconds))
        case .text: return .string(String(decoding: name.utf8.prefix(layout.span.count * 2), as: UTF8.self))
        case .bytes:
            let count = layout.table.holdsBits ? (layout.span.count + 7) / 8 : layout.span.count * 2
            return .bytes((0..<count).map { UInt8(truncatingIfNeeded: $0 + Int(seconds)) })
        }
    }

    private func number(_ seconds: Double) -> Double {
        switch motion {
        case .wave(let middle, let swing): middle + swing * sin(2 * .pi * (seconds / 60 + phase))
        case .counter(let start): start + seconds.rounded(.down)
        case .still(_, let number): number
        }
    }

    private func isHigh(_ seconds: Double) -> Bool {
        if isCommanded { return false }
        return sin(2 * .pi * (seconds / 30 + phase)) > 0
    }

    private func whole(_ number: Double, _ bits: Int, _ isSigned: Bool) -> Int64 {
        let magnitude = isSigned ? bits - 1 : min(bits, 63)
        let high = magnitude >= 63 ? Int64.max : 1 << Int64(magnitude) - 1
        let low = isSigned ? -high : 0
        guard number > Double(low) else { return low }
        return number < Double(high) ? Int64(number) : high
    }

    /// The model's limits in raw numbers; 0…100 of its unit where it has none.
    private static func rawLimits(of model: DeviceModel.Property, _ transform: ValueTransform) -> (Double, Double) {
        var low = model.range.minimum?.number
        var high = model.range.maximum?.number
        if let a = low, let b = high, a >= b { (low, high) = (nil, nil) }
        let floor = low ?? min(0, (high ?? 100) - 100)
        let ceiling = high ?? floor + 100
        let ends = [floor, ceiling].map { ($0 - transform.offset) / transform.scale }
        return (min(ends[0], ends[1]), max(ends[0], ends[1]))
    }

    private static func raw(
        _ text: String,
        of model: DeviceModel.Property,
        _ transform: ValueTransform
    ) -> PropertyValue? {
        try? transform.raw(of: PropertyValue(parsing: text, as: model.dataType))
    }
}
