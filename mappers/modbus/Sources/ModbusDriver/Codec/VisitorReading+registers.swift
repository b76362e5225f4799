// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Registers.
extension VisitorReading {
    /// Whether a whole number whose type does not tell has a sign.
    var isSigned: Bool { (property.range.minimum?.number ?? 0) < 0 }

    func registerForm() throws(LayoutProblem) -> (ValueForm, Int) {
        if let bit = visitor.bit { return try bitsOfRegisters(from: bit) }
        if visitor.bitCount != nil {
            throw LayoutProblem("bitCount", "'bitCount' needs the key 'bit', the lowest of the bits")
        }
        switch visitor.dataType ?? typeOfProperty {
        case .int8: return (.byte(visitor.byte ?? .low, isSigned: true), try fixed(1))
        case .uint8: return (.byte(visitor.byte ?? .low, isSigned: false), try fixed(1))
        case .int16: return (.integer(bits: 16, isSigned: true), try fixed(1))
        case .uint16: return (.integer(bits: 16, isSigned: false), try fixed(1))
        case .int32: return (.integer(bits: 32, isSigned: true), try fixed(2))
        case .uint32: return (.integer(bits: 32, isSigned: false), try fixed(2))
        case .int64: return (.integer(bits: 64, isSigned: true), try fixed(4))
        case .uint64: return (.integer(bits: 64, isSigned: false), try fixed(4))
        case .float16: return (.float16, try fixed(1))
        case .float32: return (.float32, try fixed(2))
        case .float64: return (.float64, try fixed(4))
        case .bcd: return (.decimal, try oneTwoOrFour("of 4 digits each"))
        case .int: return try integer()
        case .float: return try real(visitor.limit ?? 2)
        case .double: return try real(visitor.limit ?? 4)
        case .bool, .boolean: return (.truth, try inRange(visitor.limit ?? 1, 1...4))
        case .bit: throw LayoutProblem("dataType", "'dataType' bit needs the key 'bit', 0…15")
        case .string: return (.text(visitor.encoding ?? .utf8, visitor.padding ?? .nul), try counted("text"))
        case .bytes: return (.bytes, try counted("bytes"))
        }
    }

    private var typeOfProperty: RegisterType {
        if visitor.values.enumeration != nil { return .int }
        return switch property.dataType {
        case .int: .int
        case .float: .float
        case .double: .double
        case .boolean: .boolean
        case .string: .string
        case .bytes: .bytes
        }
    }

    private func integer() throws(LayoutProblem) -> (ValueForm, Int) {
        let count = try oneTwoOrFour("for a whole number")
        return (.integer(bits: count * 16, isSigned: isSigned), count)
    }

    private func real(_ count: Int) throws(LayoutProblem) -> (ValueForm, Int) {
        switch count {
        case 1: return (.integer(bits: 16, isSigned: isSigned), 1)
        case 2: return (.float32, 2)
        case 4: return (.float64, 4)
        default: throw limitProblem("1 (a scaled whole number), 2 (single precision) or 4 (double precision)")
        }
    }

    private func oneTwoOrFour(_ purpose: String) throws(LayoutProblem) -> Int {
        let count = visitor.limit ?? 1
        guard [1, 2, 4].contains(count) else { throw limitProblem("1, 2 or 4 registers \(purpose)") }
        return count
    }

    /// The number of registers that the type fixes.
    func fixed(_ count: Int) throws(LayoutProblem) -> Int {
        guard visitor.limit ?? count == count else {
            throw limitProblem("\(count) for 'dataType' \(visitor.dataType?.rawValue ?? "")")
        }
        return count
    }

    private func counted(_ noun: String) throws(LayoutProblem) -> Int {
        guard let limit = visitor.limit else {
            throw LayoutProblem("limit", "the key 'limit' is missing: how many registers the \(noun) takes, 1…125")
        }
        return try inRange(limit, 1...125)
    }

    func inRange(_ count: Int, _ range: ClosedRange<Int>) throws(LayoutProblem) -> Int {
        guard range.contains(count) else { throw limitProblem("\(range.lowerBound)…\(range.upperBound)") }
        return count
    }

    func limitProblem(_ allowed: String) -> LayoutProblem {
        LayoutProblem("limit", "'limit' is \(visitor.limit ?? 0), allowed is \(allowed)")
    }
}
