// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is one property among the bytes of a simulated characteristic or advertisement.
struct PlannedValue: Sendable {
    let course: SimulatedCourse
    private let visitor: PropertyVisitor<BluetoothVisitor>
    private let codec: ValueCodec
    /// Whether other properties have their bytes beside it.
    private let isShared: Bool
    /// How many bytes there have to be.
    let extent: Int

    /// Works out where a property's bytes are.
    /// - Throws: ``VisitorProblem`` when the visitor means nothing, or no bytes can hold a value of it.
    init(
        _ visitor: PropertyVisitor<BluetoothVisitor>,
        presentation: PresentationFormat? = nil,
        isShared: Bool,
        key: String,
        seed: UInt64
    ) throws(VisitorProblem) {
        self.visitor = visitor
        self.isShared = isShared
        let codec = try ValueCodec(of: visitor.config, for: visitor.property.model, presentation: presentation)
        self.codec = codec
        let wish = SimulatedCourse(visitor, key: key, seed: seed)
        let extent = Self.extent(of: visitor, codec, wish)
        guard let extent else {
            throw VisitorProblem("source", "no value inside the model's limits has bytes that the visitor understands")
        }
        self.extent = extent
        let blank = [UInt8](repeating: 0, count: extent)
        course = SimulatedCourse(visitor, key: key, seed: seed) { (try? codec.octets(of: $0, replacing: blank)) != nil }
    }

    /// The bytes with the value for a moment in them; `nil` when they can hold nothing of the kind.
    func octets(at seconds: Double, replacing current: [UInt8]) -> [UInt8]? {
        for raw in course.candidates(at: seconds, length: visitor.config.length) {
            if let octets = Self.octets(of: raw, replacing: current, visitor, codec) {
                return isShared && octets.count < current.count ? octets + current[octets.count...] : octets
            }
        }
        guard !course.isCommanded, visitor.property.model.dataType.isNumeric else { return nil }
        return converted(course.number(at: seconds), replacing: current)
    }

    /// Bytes that are read back, and do not mean that there is no value.
    private static func octets(
        of raw: PropertyValue,
        replacing current: [UInt8],
        _ visitor: PropertyVisitor<BluetoothVisitor>,
        _ codec: ValueCodec
    ) -> [UInt8]? {
        guard let octets = try? codec.octets(of: raw, replacing: current), let read = try? codec.value(of: octets),
            (try? visitor.config.transform.value(ofRaw: read, as: visitor.property.model.dataType)) != nil
        else { return nil }
        return octets
    }

    /// How many bytes hold the whole course, or else some of it.
    private static func extent(
        of visitor: PropertyVisitor<BluetoothVisitor>,
        _ codec: ValueCodec,
        _ course: SimulatedCourse
    ) -> Int? {
        let start = visitor.config.startByte ?? 0
        let preferred = visitor.property.model.dataType == .double ? [8, 4] : [4, 8]
        let isReal = [.float, .double].contains(visitor.property.model.dataType)
        let counts = (isReal ? preferred.map { start + $0 } : []) + Array(start + 1...max(start + 1, 64)) + [512]
        func holds(_ raw: PropertyValue, _ count: Int) -> Bool {
            octets(of: raw, replacing: [UInt8](repeating: 0, count: count), visitor, codec) != nil
        }
        if let converter = visitor.config.dataConverter { return (converter.indexes.max() ?? 0) + 1 }
        let candidates = course.candidates(at: 0, length: visitor.config.length)
        let isNumber = visitor.property.model.dataType.isNumeric
        if isNumber, let count = counts.first(where: { count in course.ends.allSatisfy { holds($0, count) } }) {
            return count
        }
        return counts.first { count in candidates.contains { holds($0, count) } }
    }

    /// The bytes whose number is next to one, for converters that do not give every number: they go up, or down, with the
    /// number that the bytes make.
    private func converted(_ number: Double, replacing current: [UInt8]) -> [UInt8]? {
        guard let converter = visitor.config.dataConverter else { return nil }
        let indexes = converter.indexes
        guard (1...8).contains(indexes.count), let last = indexes.max(), last < current.count else { return nil }
        let isSigned = if case .integer(_, true)? = visitor.config.dataType { true } else { false }
        let bits = UInt64(8 * indexes.count)
        let sign: UInt64 = isSigned ? 1 << (bits - 1) : 0
        func bytes(_ pattern: UInt64) -> [UInt8] {
            var octets = current
            for (position, index) in indexes.reversed().enumerated() {
                octets[index] = UInt8(truncatingIfNeeded: (pattern ^ sign) >> UInt64(position * 8))
            }
            return octets
        }
        func value(_ pattern: UInt64) -> Double? { (try? codec.value(of: bytes(pattern)))?.number }
        var (lower, upper) = (UInt64(0), bits == 64 ? UInt64.max : 1 << bits - 1)
        guard let first = value(lower), let final = value(upper) else { return nil }
        while lower < upper {
            let middle = lower + (upper - lower) / 2
            guard let here = value(middle) else { return nil }
            if final >= first ? here >= number : here <= number { upper = middle } else { lower = middle + 1 }
        }
        return bytes(lower)
    }
}
