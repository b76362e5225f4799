// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Bits: those of coils and discrete inputs, and some of a register.
extension VisitorReading {
    func bitForm() throws(LayoutProblem) -> (ValueForm, Int) {
        let (count, table) = (visitor.limit ?? 1, visitor.register)
        for (key, value) in [("bit", visitor.bit), ("bitCount", visitor.bitCount)] where value != nil {
            throw LayoutProblem(key, "'\(key)' is for registers; \(table.plural) are single bits already")
        }
        switch visitor.dataType {
        case nil, .bool, .boolean, .bit, .int, .float, .double, .string, .bytes: break
        case .some(let type):
            throw LayoutProblem("dataType", "'dataType' \(type.rawValue) needs registers, \(table.rawValue) has bits")
        }
        switch property.dataType {
        case .boolean:
            guard count == 1 else { throw limitProblem("1, a boolean is one bit") }
            return (.bit, 1)
        case .bytes: return (.bytes, try inRange(count, 1...2000))
        case .int, .float, .double, .string: return (.packedBits, try inRange(count, 1...63))
        }
    }

    /// One bit, or a number of several, in one, two or four registers.
    func bitsOfRegisters(from bit: Int) throws(LayoutProblem) -> (ValueForm, Int) {
        let (registers, isSigned) = try containerOfBits()
        let bits = registers * 16
        guard (0..<bits).contains(bit) else {
            throw LayoutProblem("bit", "'bit' is \(bit), allowed is 0…\(bits - 1)")
        }
        guard let count = visitor.bitCount else { return (.registerBit(bit), registers) }
        guard count >= 1, count <= bits - bit else {
            let place = registers == 1 ? "a register" : "\(registers) registers"
            let message = "'bitCount' is \(count), allowed from bit \(bit) of \(place) is 1…\(bits - bit)"
            throw LayoutProblem("bitCount", message)
        }
        if count == bits { return (.integer(bits: bits, isSigned: isSigned), registers) }
        return (.bitField(first: bit, count: count, isSigned: isSigned), registers)
    }

    /// The registers that bits are in, and whether a number of several has a sign.
    private func containerOfBits() throws(LayoutProblem) -> (registers: Int, isSigned: Bool) {
        let limit = visitor.limit ?? 1
        switch visitor.dataType {
        case .int16 where visitor.bitCount != nil: return (try fixed(1), true)
        case .uint16 where visitor.bitCount != nil: return (try fixed(1), false)
        case .int32 where visitor.bitCount != nil: return (try fixed(2), true)
        case .uint32 where visitor.bitCount != nil: return (try fixed(2), false)
        case .int64 where visitor.bitCount != nil: return (try fixed(4), true)
        case .uint64 where visitor.bitCount != nil: return (try fixed(4), false)
        case .int where visitor.bitCount != nil: break
        case nil, .bit, .bool, .boolean: break
        case .some(let type):
            let allowed = visitor.bitCount == nil ? "bit or none does" : "a whole number, bit or none does"
            throw LayoutProblem("dataType", "'dataType' \(type.rawValue) does not go with 'bit'; \(allowed)")
        }
        guard [1, 2, 4].contains(limit) else { throw limitProblem("1, 2 or 4 registers for bits") }
        return (limit, isSigned)
    }
}
