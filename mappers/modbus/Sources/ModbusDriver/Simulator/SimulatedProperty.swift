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
    private let dataType: DataType
    /// The raw numbers that have names, where only those make sense.
    private let named: [Int64]
    private let phase: Double

    /// Works out a property's behaviour from its model; `nil` when its visitor cannot be served.
    init?(_ visitor: PropertyVisitor<ModbusVisitor>, defaults: DeviceDefaults, transform: ValueTransform) {
        let model = visitor.property.model
        guard let layout = try? RegisterLayout(of: visitor.config, for: model, defaults: defaults) else { return nil }
        self.layout = layout
        name = model.name
        phase = Double(name.utf8.reduce(0) { ($0 * 31 + Int($1)) % 360 }) / 360
        dataType = model.dataType
        named = transform.enumeration?.texts.keys.sorted() ?? []
        let limits = Self.rawLimits(of: model, transform)
        let (low, high) = (Self.fitted(limits.low, to: layout), Self.fitted(limits.high, to: layout))
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

    /// What to store at a moment; nothing when the registers can hold nothing of the kind.
    func writes(at seconds: Double) -> [ModbusRequest] {
        candidates(at: seconds).lazy.compactMap { Self.writes($0, to: layout) }.first ?? []
    }

    /// What writes a value, whatever its form: some registers are shared with neighbours, most are not.
    private static func writes(_ value: PropertyValue, to layout: RegisterLayout) -> [ModbusRequest]? {
        if let patch = (try? layout.patch(of: value)) ?? nil { return patch.maskWrites }
        return ((try? layout.write(of: value)) ?? nil).map { [$0] }
    }

    /// Raw values for a moment, the one that suits the property best first: the layout alone knows which it can hold.
    private func candidates(at seconds: Double) -> [PropertyValue] {
        if case .still(let value?, _) = motion { return [value] }
        if !named.isEmpty {
            // Each name for ten seconds; one that only the mapper sets stays with the first.
            return [.int(named[isCommanded ? 0 : Int(seconds / 10 + phase * Double(named.count)) % named.count])]
        }
        let number = number(seconds)
        let truth = PropertyValue.boolean(isHigh(seconds))
        let numbers = [.double((number * 1000).rounded() / 1000), .int(Int64(number.rounded(.towardZero)))] + [truth]
        let text = PropertyValue.string(String(decoding: name.utf8.prefix(layout.span.count * 2), as: UTF8.self))
        let length = layout.table.holdsBits ? (layout.span.count + 7) / 8 : layout.span.count * 2
        let bytes = PropertyValue.bytes((0..<length).map { UInt8(truncatingIfNeeded: $0 + Int(seconds)) })
        switch dataType {
        case .string: return [text] + numbers + [bytes]
        case .boolean: return [truth] + numbers + [bytes]
        case .bytes: return [bytes] + numbers
        case .int, .float, .double: return numbers + [bytes]
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

    /// A limit, or where the registers hold less, the number next to it that they do hold.
    ///
    /// Whole numbers only: what takes fractions takes every limit.
    private static func fitted(_ limit: Double, to layout: RegisterLayout) -> Double {
        func fits(_ number: Int64) -> Bool { writes(.int(number), to: layout) != nil }
        guard let whole = Int64(exactly: min(max(limit, -9e18), 9e18).rounded(.towardZero)), !fits(whole), fits(0)
        else {
            return limit
        }
        var (inside, outside) = (Int64(0), whole)
        while abs(outside - inside) > 1 {
            let middle = inside + (outside - inside) / 2
            if fits(middle) { inside = middle } else { outside = middle }
        }
        return Double(inside)
    }

    /// The model's limits in raw numbers; 0…100 of its unit where it has none.
    private static func rawLimits(of model: DeviceModel.Property, _ transform: ValueTransform) -> (
        low: Double, high: Double
    ) {
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
        (try? PropertyValue(parsing: text, as: model.dataType)).flatMap { try? transform.raw(of: $0) }
    }
}
