// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is one reading of a visitor's keys about bytes: what they mean together, with the property's type.
struct FormatReading {
    let visitor: BluetoothVisitor
    let property: DeviceModel.Property

    /// Whether a whole number whose type does not tell has a sign.
    private var isSigned: Bool { (property.range.minimum?.number ?? 0) < 0 }

    /// Whether the descriptor may say what the visitor leaves open.
    var adoptsPresentation: Bool {
        visitor.dataType == nil && visitor.byteOrder == nil && visitor.startByte == nil && visitor.length == nil
            && visitor.bit == nil && property.dataType != .bytes
    }

    /// Whether raw numbers are in the descriptor's power of ten: whoever says something about them means them as they
    /// are sent.
    var adoptsExponent: Bool {
        let values = visitor.values
        return values.scale == 1 && values.valueOffset == 0 && values.enumeration == nil
            && values.noValue.markers.isEmpty
    }

    /// What becomes of numbers above 2^63 - 1: whole numbers as such cannot be, unless they get scaled.
    var largeNumbers: CharacteristicFormat.LargeNumbers {
        let isScaled = visitor.values.scale != 1 || visitor.values.valueOffset != 0
        return switch property.dataType {
        case .float, .double, .boolean: .rounded
        case .string where !isScaled: .digits
        case .int where !isScaled: .refused
        case .string, .int, .bytes: .rounded
        }
    }

    /// What the bytes mean.
    func form() throws(VisitorProblem) -> ValueForm {
        if let bit = visitor.bit { return try bits(from: bit) }
        if visitor.bitCount != nil {
            throw VisitorProblem("bitCount", "'bitCount' needs the key 'bit', the lowest of the bits")
        }
        switch visitor.dataType {
        case .integer(let bits, let isSigned): return .integer(bits: bits, isSigned: isSigned)
        case .float32: return .float32
        case .float64: return .float64
        case .sfloat: return .sfloat
        case .float11073: return .float11073
        case .bool: return .truth
        case .bit: throw VisitorProblem("dataType", "'dataType' bit needs the key 'bit', 0 the least significant")
        case .bitfield:
            throw VisitorProblem("dataType", "'dataType' bitfield needs the keys 'bit', the lowest, and 'bitCount'")
        case .string: return .text
        case .bytes: return .bytes
        case .hex: return .hex
        case nil: return formOfProperty
        }
    }

    /// Where the value starts.
    func start() throws(VisitorProblem) -> Int {
        let start = visitor.startByte ?? 0
        let limit = CharacteristicFormat.longest - 1
        guard (0...limit).contains(start) else {
            throw VisitorProblem("startByte", "'startByte' is \(start), allowed is 0…\(limit)")
        }
        return start
    }

    /// Refuses a number of bytes that the form cannot have.
    func checkLength(of form: ValueForm) throws(VisitorProblem) {
        let start = visitor.startByte ?? 0
        if let length = visitor.length {
            let sizes = form.sizes
            let allowed = sizes.count == 1 ? "\(sizes.lowerBound)" : "\(sizes.lowerBound)…\(sizes.upperBound)"
            guard sizes.contains(length) else {
                throw VisitorProblem("length", "'length' is \(length), allowed for \(form.withArticle) is \(allowed)")
            }
            if let run = form.run, run.first + run.count > length * 8 {
                let last = run.first + run.count - 1
                throw VisitorProblem("length", "'length' is \(length), which is too short for bit \(last)")
            }
        }
        let end = start + (form.size ?? visitor.length ?? 1)
        guard end <= CharacteristicFormat.longest else {
            let message = "'startByte' \(start) and \(end - start) bytes go beyond the \(CharacteristicFormat.longest)"
            throw VisitorProblem("startByte", message + " bytes that a value can have")
        }
    }

    private var formOfProperty: ValueForm {
        if visitor.values.enumeration != nil { return .anyInteger(isSigned: isSigned) }
        return switch property.dataType {
        case .int: .anyInteger(isSigned: isSigned)
        case .float, .double: .anyNumber(isSigned: isSigned)
        case .boolean: .truth
        case .string: .text
        case .bytes: .bytes
        }
    }

    /// One bit, or a number of several.
    private func bits(from bit: Int) throws(VisitorProblem) -> ValueForm {
        switch visitor.dataType {
        case nil, .bit, .bitfield, .bool: break
        case .some(let type):
            throw VisitorProblem(
                "dataType",
                "'dataType' \(type.name) does not go with 'bit'; bit, bitfield or none does"
            )
        }
        let bits = CharacteristicFormat.longest * 8
        guard (0..<bits).contains(bit) else {
            throw VisitorProblem("bit", "'bit' is \(bit), allowed is 0…\(bits - 1)")
        }
        guard let count = visitor.bitCount else {
            guard visitor.dataType != .bitfield else {
                throw VisitorProblem("dataType", "'dataType' bitfield needs the key 'bitCount', 1…64")
            }
            return .bit(bit)
        }
        guard visitor.dataType == nil || visitor.dataType == .bitfield else {
            throw VisitorProblem("bitCount", "'bitCount' is for 'dataType' bitfield: several bits are a number")
        }
        let highest = min(64, bits - bit)
        guard (1...highest).contains(count) else {
            throw VisitorProblem("bitCount", "'bitCount' is \(count), allowed from bit \(bit) on is 1…\(highest)")
        }
        return .bitField(BitRun(first: bit, count: count), isSigned: isSigned)
    }
}
