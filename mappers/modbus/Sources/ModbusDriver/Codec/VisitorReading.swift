// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is one reading of a visitor's keys: what they mean together, with the property's type and the device's defaults.
struct VisitorReading {
    let visitor: ModbusVisitor
    let property: DeviceModel.Property
    let defaults: DeviceDefaults

    init(_ visitor: ModbusVisitor, _ property: DeviceModel.Property, _ defaults: DeviceDefaults) {
        self.visitor = visitor
        self.property = property
        self.defaults = defaults
    }

    /// What the registers or bits mean, and how many there are.
    func form() throws(LayoutProblem) -> (ValueForm, Int) {
        let found = visitor.register.holdsBits ? try bitForm() : try registerForm()
        try checkKeys(of: found.0)
        return found
    }

    /// Where they are, as on the wire.
    func span(_ count: Int) throws(LayoutProblem) -> AddressSpan {
        // Other bases are complained about where they stand.
        let (base, offset) = (defaults.addressBase == 1 ? 1 : 0, visitor.offset)
        guard (base...65535 + base).contains(offset) else {
            let counting = base == 0 ? "" : ", as the device's 'addressBase' is \(base)"
            throw LayoutProblem("offset", "'offset' is \(offset), allowed is \(base)…\(65535 + base)\(counting)")
        }
        let span = AddressSpan(first: offset - base, count: count)
        guard span.end <= 65536 else {
            let message = "'offset' \(offset) and \(count) \(visitor.register.plural) go beyond the last address"
            throw LayoutProblem("offset", "\(message), \(65535 + base)")
        }
        return span
    }

    /// The order of bytes: the visitor's own, else the device's, of which text and bytes take the swap in registers only.
    func order(of form: ValueForm) -> ByteOrder {
        if let own = visitor.ownOrder { return own }
        switch form {
        case .text, .bytes: return ByteOrder(swapsBytes: defaults.byteOrder.swapsBytes, swapsRegisters: false)
        default: return defaults.byteOrder
        }
    }

    /// What becomes of numbers above 2^63 - 1: whole numbers as such cannot be, unless they are markers or get scaled.
    var largeNumbers: RegisterLayout.LargeNumbers {
        let isScaled = visitor.values.scale != 1 || visitor.values.valueOffset != 0
        let hasLargeMarkers = visitor.values.noValue.markers.contains {
            ($0.number ?? 0) > 9e18 || $0.dataType == .string
        }
        return switch property.dataType {
        case .float, .double, .boolean: .rounded
        case .string where !isScaled: .digits
        case .int where !isScaled: hasLargeMarkers ? .digits : .refused
        case .string, .int, .bytes: .rounded
        }
    }

    /// Whether even one register or coil is written with the function for several.
    func writesList(_ count: Int, _ form: ValueForm) throws(LayoutProblem) -> Bool {
        let isCoil = visitor.register == .coil
        let (single, several) = isCoil ? (5, 15) : (6, 16)
        guard let function = visitor.writeFunction else {
            return (isCoil ? defaults.coilWriteFunction : defaults.registerWriteFunction) == several
        }
        guard visitor.register.isWritable else {
            throw LayoutProblem(
                "writeFunction",
                "'writeFunction' is given, but \(visitor.register.plural) cannot be written"
            )
        }
        guard function == single || function == several else {
            let allowed = "\(single) and \(several) are allowed for \(visitor.register.plural)"
            throw LayoutProblem("writeFunction", "'writeFunction' is \(function) (\(allowed))")
        }
        guard function == several || count == 1 else {
            let message = "'writeFunction' \(single) writes one \(visitor.register.singular), this value takes \(count)"
            throw LayoutProblem("writeFunction", "\(message): use \(several)")
        }
        return function == several
    }

    /// Refuses keys that have nothing to say about the form.
    private func checkKeys(of form: ValueForm) throws(LayoutProblem) {
        var (isByte, isText) = (false, false)
        switch form {
        case .byte: isByte = true
        case .text: isText = true
        default: break
        }
        let what = visitor.register.holdsBits ? visitor.register.plural : form.description
        if visitor.byte != nil, !isByte {
            throw LayoutProblem("byte", "'byte' is for 'dataType' int8 and uint8, this is read as \(what)")
        }
        if visitor.encoding != nil, !isText {
            throw LayoutProblem("encoding", "'encoding' is for text in registers, this is read as \(what)")
        }
        if visitor.padding != nil, !isText {
            throw LayoutProblem("padding", "'padding' is for text in registers, this is read as \(what)")
        }
    }
}
