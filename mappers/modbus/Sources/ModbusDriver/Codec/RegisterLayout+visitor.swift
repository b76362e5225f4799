// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension RegisterLayout {
    /// Works out what a visitor means for a property.
    ///
    /// What KubeEdge's keys leave open is decided so:
    /// - `int`: a number of `limit` = 1, 2 or 4 registers, signed if the model's minimum is negative, else unsigned;
    /// - `float`, `double`: such a number in one register, IEEE 754 in two or four;
    /// - `boolean`: a coil, or a register that is not zero;
    /// - `string`, `bytes`: `limit` registers;
    /// - numbers and text from tables of bits: 1 and 0, or `limit` bits, the first the least significant.
    /// - Parameter defaults: What the device says for all its properties.
    init(
        of visitor: ModbusVisitor,
        for property: DeviceModel.Property,
        defaults: DeviceDefaults = DeviceDefaults()
    ) throws(LayoutProblem) {
        let form: ValueForm
        let count: Int
        if visitor.register.holdsBits {
            (form, count) = try Self.bitForm(visitor, property)
        } else {
            (form, count) = try Self.registerForm(visitor, property)
        }
        guard (0...65535).contains(visitor.offset) else {
            throw LayoutProblem("offset", "'offset' is \(visitor.offset), allowed is 0…65535")
        }
        span = AddressSpan(first: visitor.offset, count: count)
        guard span.end <= 65536 else {
            throw LayoutProblem(
                "offset",
                "'offset' \(visitor.offset) and \(count) \(visitor.register.plural) go beyond the last address, 65535"
            )
        }
        table = visitor.register
        self.form = form
        order = visitor.order
    }

    private static func bitForm(
        _ visitor: ModbusVisitor,
        _ property: DeviceModel.Property
    ) throws(LayoutProblem) -> (ValueForm, Int) {
        let count = visitor.limit ?? 1
        if visitor.bit != nil {
            throw LayoutProblem("bit", "'bit' is for registers; \(visitor.register.plural) are single bits already")
        }
        switch visitor.dataType {
        case nil, .bool, .boolean, .bit, .int, .float, .double, .string, .bytes: break
        case .some(let type):
            throw LayoutProblem(
                "dataType",
                "'dataType' \(type.rawValue) needs registers, \(visitor.register.rawValue) has bits"
            )
        }
        switch property.dataType {
        case .boolean:
            guard count == 1 else { throw limitProblem(visitor, "1, a boolean is one bit") }
            return (.bit, 1)
        case .bytes: return (.bytes, try inRange(count, 1...2000, visitor))
        case .int, .float, .double, .string: return (.packedBits, try inRange(count, 1...63, visitor))
        }
    }

    private static func registerForm(
        _ visitor: ModbusVisitor,
        _ property: DeviceModel.Property
    ) throws(LayoutProblem) -> (ValueForm, Int) {
        let isSigned = (property.range.minimum?.number ?? 0) < 0
        if let bit = visitor.bit { return (try bitOfRegister(bit, visitor), 1) }
        switch visitor.dataType ?? Self.type(for: property.dataType) {
        case .int16: return (.integer(bits: 16, isSigned: true), try fixed(1, visitor))
        case .uint16: return (.integer(bits: 16, isSigned: false), try fixed(1, visitor))
        case .int32: return (.integer(bits: 32, isSigned: true), try fixed(2, visitor))
        case .uint32: return (.integer(bits: 32, isSigned: false), try fixed(2, visitor))
        case .int64: return (.integer(bits: 64, isSigned: true), try fixed(4, visitor))
        case .uint64: return (.integer(bits: 64, isSigned: false), try fixed(4, visitor))
        case .float32: return (.float32, try fixed(2, visitor))
        case .float64: return (.float64, try fixed(4, visitor))
        case .int: return try integer(visitor.limit ?? 1, isSigned, visitor)
        case .float: return try real(visitor.limit ?? 2, isSigned, visitor)
        case .double: return try real(visitor.limit ?? 4, isSigned, visitor)
        case .bool, .boolean: return (.truth, try inRange(visitor.limit ?? 1, 1...4, visitor))
        case .bit: throw LayoutProblem("dataType", "'dataType' bit needs the key 'bit', 0…15")
        case .string: return (.text, try counted("text", visitor))
        case .bytes: return (.bytes, try counted("bytes", visitor))
        }
    }

    private static func type(for type: DataType) -> RegisterType {
        switch type {
        case .int: .int
        case .float: .float
        case .double: .double
        case .boolean: .boolean
        case .string: .string
        case .bytes: .bytes
        }
    }

    private static func bitOfRegister(_ bit: Int, _ visitor: ModbusVisitor) throws(LayoutProblem) -> ValueForm {
        guard (0...15).contains(bit) else { throw LayoutProblem("bit", "'bit' is \(bit), allowed is 0…15") }
        switch visitor.dataType {
        case nil, .bit, .bool, .boolean: break
        case .some(let type):
            throw LayoutProblem("dataType", "'dataType' \(type.rawValue) does not go with 'bit'; bit or none does")
        }
        guard visitor.limit ?? 1 == 1 else { throw limitProblem(visitor, "1, a bit is in one register") }
        return .registerBit(bit)
    }

    private static func integer(
        _ count: Int,
        _ isSigned: Bool,
        _ visitor: ModbusVisitor
    ) throws(LayoutProblem) -> (ValueForm, Int) {
        guard [1, 2, 4].contains(count) else { throw limitProblem(visitor, "1, 2 or 4 registers for a whole number") }
        return (.integer(bits: count * 16, isSigned: isSigned), count)
    }

    private static func real(
        _ count: Int,
        _ isSigned: Bool,
        _ visitor: ModbusVisitor
    ) throws(LayoutProblem) -> (ValueForm, Int) {
        switch count {
        case 1: return (.integer(bits: 16, isSigned: isSigned), 1)
        case 2: return (.float32, 2)
        case 4: return (.float64, 4)
        default:
            throw limitProblem(visitor, "1 (a scaled whole number), 2 (single precision) or 4 (double precision)")
        }
    }

    private static func fixed(_ count: Int, _ visitor: ModbusVisitor) throws(LayoutProblem) -> Int {
        guard visitor.limit ?? count == count else {
            throw limitProblem(visitor, "\(count) for 'dataType' \(visitor.dataType?.rawValue ?? "")")
        }
        return count
    }

    private static func counted(_ noun: String, _ visitor: ModbusVisitor) throws(LayoutProblem) -> Int {
        guard let limit = visitor.limit else {
            throw LayoutProblem("limit", "the key 'limit' is missing: how many registers the \(noun) takes, 1…125")
        }
        return try inRange(limit, 1...125, visitor)
    }

    private static func inRange(
        _ count: Int,
        _ range: ClosedRange<Int>,
        _ visitor: ModbusVisitor
    ) throws(LayoutProblem) -> Int {
        guard range.contains(count) else {
            throw limitProblem(visitor, "\(range.lowerBound)…\(range.upperBound)")
        }
        return count
    }

    private static func limitProblem(_ visitor: ModbusVisitor, _ allowed: String) -> LayoutProblem {
        LayoutProblem("limit", "'limit' is \(visitor.limit ?? 0), allowed is \(allowed)")
    }
}
