// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Turns a source's bytes into raw values and back, for one property.
struct ValueCodec: Hashable, Sendable {
    private enum Way: Hashable, Sendable {
        case format(CharacteristicFormat)
        case converter(ValueConverter)
    }

    private let way: Way
    private let property: DeviceModel.Property
    /// The bytes of texts, to write and, where nothing else says what bytes mean, to read.
    private let dataWrite: DataWrite?
    /// Whether bytes that stand for a text are read as that text.
    let namesValues: Bool
    /// Whether the characteristic's descriptor 0x2904 says what the visitor leaves open.
    let adoptsPresentation: Bool

    /// Works out what a visitor means for a property.
    ///
    /// The first that applies decides: `dataWrite`, of which a value's text is written as its bytes, and its bytes are
    /// read as its text for texts and truth values without `dataType`, `bit` or `enumeration`; then `dataConverter`; then
    /// the form of ``CharacteristicFormat``.
    /// - Parameter presentation: The descriptor, where the characteristic has one.
    init(
        of visitor: BluetoothVisitor,
        for property: DeviceModel.Property,
        presentation: PresentationFormat? = nil
    ) throws(VisitorProblem) {
        self.property = property
        dataWrite = visitor.dataWrite
        if let converter = visitor.dataConverter {
            let isSigned = try Self.isSigned(visitor, converter)
            way = .converter(try ValueConverter(converter, isSigned: isSigned))
        } else {
            way = .format(try CharacteristicFormat(of: visitor, for: property, presentation: presentation))
        }
        let reading = FormatReading(visitor: visitor, property: property)
        adoptsPresentation = visitor.dataConverter == nil && reading.adoptsPresentation
        let isOpen = visitor.dataConverter == nil && visitor.dataType == nil && visitor.bit == nil
        let isNamed = property.dataType == .string || property.dataType == .boolean
        namesValues = visitor.dataWrite != nil && isOpen && isNamed && visitor.values.enumeration == nil
        try Self.check(visitor)
    }

    /// What reading yields, for the checks that all drivers share.
    var rawForm: RawForm {
        if namesValues { return RawForm(property.dataType, name: "'dataWrite'") }
        switch way {
        case .format(let format): return format.rawForm
        case .converter(let converter): return converter.rawForm
        }
    }

    /// Whether the value depends on how many bytes there are, so cannot be made of the first of them.
    var takesAllOctets: Bool {
        if namesValues { return true }
        switch way {
        case .format(let format): return format.size == nil
        case .converter: return false
        }
    }

    /// Makes the raw value of a source's bytes.
    /// - Throws: ``DeviceError`` when there are too few, ``ValueError`` when they have no meaning for the property.
    func value(of octets: [UInt8]) throws -> PropertyValue {
        if namesValues { return try named(octets) }
        switch way {
        case .format(let format): return try format.value(of: octets)
        case .converter(let converter): return try converter.value(of: octets)
        }
    }

    /// Whether ``octets(of:replacing:)`` asks what the device holds now; where that cannot be read, nothing is what to give.
    func needsCurrentOctets(toWrite value: PropertyValue) -> Bool {
        if dataWrite?.octets[value.text] != nil { return false }
        switch way {
        case .format(let format): return format.needsCurrentOctets
        case .converter: return true
        }
    }

    /// Makes the bytes to write so that the device holds a raw value.
    /// - Throws: ``ValueError`` for what the bytes cannot hold exactly, or has no bytes; ``DeviceError`` when what the
    ///   device holds now is too short.
    func octets(of value: PropertyValue, replacing current: [UInt8] = []) throws -> [UInt8] {
        if let dataWrite {
            if let octets = dataWrite.octets[value.text] { return octets }
            if !property.dataType.isNumeric {
                throw ValueError(.outOfRange, "'\(value.text)' is none of \(dataWrite.listed)")
            }
        }
        switch way {
        case .format(let format): return try format.octets(of: value, replacing: current)
        case .converter(let converter): return try converter.octets(of: value, replacing: current)
        }
    }

    /// A state newer than the configuration shows its bytes where the property is text.
    private func named(_ octets: [UInt8]) throws(ValueError) -> PropertyValue {
        if let text = dataWrite?.text(of: octets) { return try PropertyValue(parsing: text, as: property.dataType) }
        guard property.dataType == .string else {
            throw ValueError(
                .outOfRange,
                "the device holds \(HexText.text(octets)), to which 'dataWrite' gives no value"
            )
        }
        return .string(HexText.text(octets))
    }

    // MARK: Checks

    /// The type beside a converter, which can only tell whether its bytes have a sign.
    private static func isSigned(
        _ visitor: BluetoothVisitor,
        _ converter: DataConverter
    ) throws(VisitorProblem) -> Bool {
        let others = [
            ("byteOrder", visitor.byteOrder != nil), ("startByte", visitor.startByte != nil),
            ("length", visitor.length != nil), ("bit", visitor.bit != nil), ("bitCount", visitor.bitCount != nil),
        ]
        if let (key, _) = others.first(where: \.1) {
            let message = "'\(key)' stands beside 'dataConverter', whose indexes say which bytes in which order"
            throw VisitorProblem(key, message + ": keep one or the other")
        }
        guard let type = visitor.dataType else { return false }
        let (distance, isTooFar) = converter.endIndex.subtractingReportingOverflow(converter.startIndex)
        let bits = isTooFar ? 0 : (min(distance.magnitude, 511) + 1) * 8
        guard case .integer(let typeBits, let isSigned) = type, typeBits == bits else {
            let allowed = (8...64).contains(bits) ? "allowed is int\(bits) or uint\(bits)" : "none is allowed"
            throw VisitorProblem("dataType", "'dataType' is \(type.name) for the bytes of 'dataConverter', \(allowed)")
        }
        return isSigned
    }

    private static func check(_ visitor: BluetoothVisitor) throws(VisitorProblem) {
        guard let dataWrite = visitor.dataWrite else { return }
        let values = visitor.values
        let rivals = [
            ("scale", values.scale != 1), ("valueOffset", values.valueOffset != 0),
            ("enumeration", values.enumeration != nil),
        ]
        if let (key, _) = rivals.first(where: \.1) {
            throw VisitorProblem(
                key,
                "'\(key)' stands beside 'dataWrite', which says what is written: keep one or the other"
            )
        }
        for (text, octets) in dataWrite.octets.sorted(by: { $0.key < $1.key }) {
            guard (1...CharacteristicFormat.longest).contains(octets.count) else {
                let message = "'\(text)' has \(octets.count) bytes, allowed are 1…\(CharacteristicFormat.longest)"
                throw VisitorProblem("dataWrite", text, message: message)
            }
        }
    }
}
