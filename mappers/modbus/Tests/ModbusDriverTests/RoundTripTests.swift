// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import ModbusDriver

@Suite("Values there and back")
struct RoundTripTests {
    private static let forms: [(ValueForm, Int)] =
        [16, 32, 64].flatMap { bits in
            [true, false].map { (.integer(bits: bits, isSigned: $0), bits / 16) }
        }
        + [(.decimal, 1), (.decimal, 2), (.decimal, 4), (.float16, 1), (.float32, 2), (.float64, 4)]
        + [(.truth, 1), (.truth, 4), (.text(.utf8, .nul), 8), (.text(.utf16, .space), 8), (.bytes, 3)]

    private func layout(_ form: ValueForm, _ count: Int, _ order: ByteOrder) -> RegisterLayout {
        RegisterLayout(table: .holding, span: AddressSpan(first: 40, count: count), form: form, order: order)
    }

    private func value(_ form: ValueForm, _ count: Int, _ generator: inout some RandomNumberGenerator) -> PropertyValue
    {
        let pattern = UInt64.random(in: 0...UInt64.max, using: &generator)
        switch form {
        case .integer(64, false): return .int(Int64(pattern >> 1))
        case .integer(let bits, let isSigned):
            return .int(BitField(first: 0, count: bits, isSigned: isSigned).number(in: pattern))
        case .decimal: return .int(Int64(pattern >> 1) % RegisterLayout.power(10, count * 4))
        case .float16:
            let number = Float16(bitPattern: UInt16(truncatingIfNeeded: pattern))
            return .double(number.isFinite ? Double(number.description) ?? 0 : 0)
        case .float32:
            let number = Float(bitPattern: UInt32(truncatingIfNeeded: pattern))
            return .float(number.isFinite ? number : 0)
        case .float64:
            let number = Double(bitPattern: pattern)
            return .double(number.isFinite ? number : 0)
        case .truth: return .boolean(pattern & 1 == 1)
        case .text:
            let letters = (0..<Int(pattern % 5)).compactMap { _ in "aß水z".randomElement(using: &generator) }
            return .string(String(letters))
        default: return .bytes((0..<count * 2).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
    }

    @Test("what is written is read, in every order", arguments: forms.map(\.0), ByteOrder.allCases)
    func roundTrip(form: ValueForm, order: ByteOrder) throws {
        var generator = SystemRandomNumberGenerator()
        for (other, count) in Self.forms where other == form {
            let layout = layout(form, count, order)
            for _ in 0..<500 {
                let value = value(form, count, &generator)
                guard case .writeRegisters(40, let registers, _) = try layout.write(of: value) else {
                    Issue.record("\(value.text) is written otherwise")
                    return
                }
                #expect(registers.count == count)
                #expect(try layout.value(in: .registers(registers), of: layout.span) == value)
            }
        }
    }

    @Test("a number read in half and single precision can be written as it was reported")
    func reported() throws {
        for (form, registers) in [(ValueForm.float16, [0x7B7D] as [UInt16]), (.float32, [0x4CEB, 0x79A3])] {
            let layout = layout(form, registers.count, .abcd)
            let raw = try layout.value(in: .registers(registers), of: layout.span)
            let reported = try raw.converted(to: .double)
            #expect(try layout.write(of: reported) == .writeRegisters(first: 40, registers), "\(reported.text)")
        }
    }

    @Test("bits are changed in place, in every order, and the others stay", arguments: ByteOrder.allCases)
    func fields(order: ByteOrder) throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let registers = [1, 2, 4].randomElement(using: &generator) ?? 1
            let first = Int.random(in: 0..<registers * 16, using: &generator)
            let count = Int.random(in: 1...min(63, registers * 16 - first), using: &generator)
            let isSigned = Bool.random(using: &generator)
            let form = ValueForm.bitField(first: first, count: count, isSigned: isSigned)
            let layout = layout(form, registers, order)
            let before = (0..<registers).map { _ in UInt16.random(in: 0...UInt16.max, using: &generator) }
            let field = BitField(first: 0, count: count, isSigned: isSigned)
            let number = PropertyValue.int(field.number(in: .random(in: 0...UInt64.max, using: &generator)))
            let patch = try #require(try layout.patch(of: number))
            guard case .writeRegisters(40, let after, _) = patch.write(over: before) else {
                Issue.record("\(patch)")
                return
            }
            #expect(try layout.value(in: .registers(after), of: layout.span) == number)
            let mask = order.arrange(
                (0..<registers).reversed().map { UInt16(truncatingIfNeeded: layout.mask >> ($0 * 16)) }
            )
            for index in before.indices {
                #expect((before[index] ^ after[index]) & ~mask[index] == 0, "\(form) \(order) touched a neighbour")
            }
        }
    }

    @Test("a number that does not fit its bits is refused")
    func fieldLimits() throws {
        let unsigned = layout(.bitField(first: 4, count: 3, isSigned: false), 1, .abcd)
        #expect { try unsigned.patch(of: .int(8)) } throws: {
            "\($0)" == "8 does not fit bits 4…6 of a register, which holds 0…7"
        }
        let signed = layout(.byte(.high, isSigned: true), 1, .abcd)
        #expect { try signed.patch(of: .int(128)) } throws: {
            "\($0)" == "128 does not fit the high byte of a register (int8), which holds -128…127"
        }
    }
}

extension RegisterLayout {
    fileprivate var mask: UInt64 { form.field?.mask ?? 0 }
}
