// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibBluetooth
import Glibc
import MapperKit

/// Says how a property's raw value goes with the time, inside the limits of its model.
struct SimulatedCourse: Sendable {
    /// How a value goes.
    enum Motion: Hashable, Sendable {
        /// Up and down around a middle.
        case wave(middle: Double, swing: Double)
        /// Up only, one step a second; from the beginning again at the end.
        case counter
        /// Only the mapper changes it; until then what is desired, or a number inside the limits.
        case still(PropertyValue?, orNumber: Double)
    }

    /// Units of what only ever grows.
    private static let countedUnits: Set<String> = ["h", "kWh", "Wh", "MWh", "kvarh", "kVAh", "Ah"]

    let name: String
    let motion: Motion
    /// The least and the greatest raw number.
    private(set) var low: Double
    private(set) var high: Double
    private let dataType: DataType
    /// The raw values that have names, where only those make sense.
    private let named: [PropertyValue]
    private let phase: Double

    /// Works out how a property goes.
    /// - Parameters:
    ///   - key: Tells it from all others, with the seed.
    ///   - fits: Whether the device can hold a raw number.
    init(
        _ visitor: PropertyVisitor<BluetoothVisitor>,
        key: String,
        seed: UInt64,
        counts: Bool = false,
        fits: (PropertyValue) -> Bool = { _ in true }
    ) {
        let model = visitor.property.model
        let transform = visitor.config.transform
        name = model.name
        dataType = model.dataType
        phase = SeededPhase.phase(key, seed: seed)
        let limits = Self.rawLimits(of: model, transform)
        (low, high) = (Self.fitted(limits.low, fits), Self.fitted(limits.high, fits))
        if high <= low { high = low }
        named = Self.names(visitor)
        if model.accessMode == .readWrite, visitor.config.source == .characteristic {
            let desired = visitor.property.desired.flatMap { try? PropertyValue(parsing: $0, as: model.dataType) }
            motion = .still(desired.flatMap { try? transform.raw(of: $0) }, orNumber: min(max(0, low), high))
        } else if counts || model.unit.map(Self.countedUnits.contains) == true {
            motion = .counter
        } else {
            motion = .wave(middle: (low + high) / 2, swing: (high - low) * 0.3)
        }
    }

    /// Whether the mapper decides the value.
    var isCommanded: Bool { if case .still = motion { true } else { false } }

    /// The number for a moment, in seconds.
    func number(at seconds: Double) -> Double {
        switch motion {
        case .wave(let middle, let swing): return middle + swing * sin(2 * .pi * (seconds / 60 + phase))
        case .counter:
            let room = max(high - low, 1).rounded(.down) + 1
            return min(low + seconds.rounded(.down).truncatingRemainder(dividingBy: room), high)
        case .still(_, let number): return number
        }
    }

    /// The truth value for a moment.
    func isHigh(at seconds: Double) -> Bool { !isCommanded && sin(2 * .pi * (seconds / 30 + phase)) > 0 }

    /// Raw values for a moment, the one that suits the property best first: the bytes decide which they can hold.
    func candidates(at seconds: Double, length: Int? = nil) -> [PropertyValue] {
        if case .still(let value?, _) = motion { return [value] }
        if !named.isEmpty {
            // Each name for ten seconds; one that only the mapper sets stays with the first.
            let turn = isCommanded ? 0 : Int(seconds / 10 + phase * Double(named.count)) % named.count
            return (0..<named.count).map { named[(turn + $0) % named.count] }
        }
        let numbers = numbers(near: number(at: seconds))
        let truth = PropertyValue.boolean(isHigh(at: seconds))
        let octets = (0..<(length ?? 4)).map { UInt8(truncatingIfNeeded: $0 + (isCommanded ? 0 : Int(seconds))) }
        let text = length.map { String(decoding: name.utf8.prefix($0), as: UTF8.self) } ?? name
        switch dataType {
        case .string: return [.string(text)] + numbers + [.string(HexText.text(octets))]
        case .boolean: return [truth, .int(truth == .boolean(true) ? 1 : 0)]
        case .bytes: return [.bytes(octets)]
        case .int, .float, .double: return numbers + [truth]
        }
    }

    /// The ends of what it may be, as raw values.
    var ends: [PropertyValue] { [low, high].map { whole($0) ?? .double($0) } }

    /// Numbers next to one, with fewer and fewer digits, inside the limits.
    private func numbers(near number: Double) -> [PropertyValue] {
        var decimals: [PropertyValue] = []
        for power in [1000.0, 100, 10] { decimals.append(.double((number * power).rounded() / power)) }
        var wholes: [PropertyValue] = []
        for power in [1.0, 10, 100, 1000, 10_000, 100_000, 1e6, 1e7, 1e8] {
            if let whole = whole((number / power).rounded() * power) { wholes.append(whole) }
        }
        let all = (dataType == .int ? wholes + decimals : decimals + wholes) + ends
        return all.filter { value in value.number.map { $0 >= low && $0 <= high } ?? false }
    }

    private func whole(_ number: Double) -> PropertyValue? { Int64(exactly: number).map { .int($0) } }

    private static func names(_ visitor: PropertyVisitor<BluetoothVisitor>) -> [PropertyValue] {
        if let texts = visitor.config.transform.enumeration?.texts { return texts.keys.sorted().map { .int($0) } }
        guard let octets = visitor.config.dataWrite?.octets, !visitor.property.model.dataType.isNumeric else {
            return []
        }
        return octets.keys.sorted().compactMap { try? PropertyValue(parsing: $0, as: visitor.property.model.dataType) }
    }

    /// A limit, or where the device holds less, the whole number next to it that it does hold.
    private static func fitted(_ limit: Double, _ fits: (PropertyValue) -> Bool) -> Double {
        guard let whole = Int64(exactly: min(max(limit, -9e18), 9e18).rounded(.towardZero)), !fits(.int(whole)),
            fits(.int(0))
        else { return limit }
        var (inside, outside) = (Int64(0), whole)
        while abs(outside - inside) > 1 {
            let middle = inside + (outside - inside) / 2
            if fits(.int(middle)) { inside = middle } else { outside = middle }
        }
        return Double(inside)
    }

    /// The model's limits in raw numbers; 0…100 of its unit where it has none.
    private static func rawLimits(of model: DeviceModel.Property, _ transform: ValueTransform) -> (
        low: Double, high: Double
    ) {
        var low = model.range.minimum?.number
        var high = model.range.maximum?.number
        if let a = low, let b = high, a > b { (low, high) = (nil, nil) }
        let floor = low ?? min(0, (high ?? 100) - 100)
        let ends = [floor, high ?? floor + 100].map { ($0 - transform.offset) / transform.scale }
        return (min(ends[0], ends[1]), max(ends[0], ends[1]))
    }
}
