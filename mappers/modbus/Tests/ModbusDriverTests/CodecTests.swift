// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import ModbusDriver

@Suite("Registers and values")
struct CodecTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var form: ValueForm
        var order: ByteOrder
        var registers: [UInt16]
        var value: PropertyValue

        var testDescription: String { "\(form) \(order.rawValue) \(registers) = \(value.text)" }

        var layout: RegisterLayout {
            RegisterLayout(
                table: .holding,
                span: AddressSpan(first: 100, count: registers.count),
                form: form,
                order: order
            )
        }
    }

    private static func rows(
        _ form: ValueForm,
        _ value: PropertyValue,
        _ abcd: [UInt16],
        badc: [UInt16],
        cdab: [UInt16],
        dcba: [UInt16]
    ) -> [Row] {
        [(ByteOrder.abcd, abcd), (.badc, badc), (.cdab, cdab), (.dcba, dcba)].map {
            Row(form: form, order: $0.0, registers: $0.1, value: value)
        }
    }

    static let table: [Row] =
        rows(.integer(bits: 16, isSigned: true), .int(-2), [0xFFFE], badc: [0xFEFF], cdab: [0xFFFE], dcba: [0xFEFF])
        + rows(
            .integer(bits: 16, isSigned: false),
            .int(65534),
            [0xFFFE],
            badc: [0xFEFF],
            cdab: [0xFFFE],
            dcba: [0xFEFF]
        )
        + rows(
            .integer(bits: 32, isSigned: true),
            .int(-559_038_737),
            [0xDEAD, 0xBEEF],
            badc: [0xADDE, 0xEFBE],
            cdab: [0xBEEF, 0xDEAD],
            dcba: [0xEFBE, 0xADDE]
        )
        + rows(
            .integer(bits: 32, isSigned: false),
            .int(3_735_928_559),
            [0xDEAD, 0xBEEF],
            badc: [0xADDE, 0xEFBE],
            cdab: [0xBEEF, 0xDEAD],
            dcba: [0xEFBE, 0xADDE]
        )
        + rows(
            .integer(bits: 64, isSigned: true),
            .int(-2),
            [0xFFFF, 0xFFFF, 0xFFFF, 0xFFFE],
            badc: [0xFFFF, 0xFFFF, 0xFFFF, 0xFEFF],
            cdab: [0xFFFE, 0xFFFF, 0xFFFF, 0xFFFF],
            dcba: [0xFEFF, 0xFFFF, 0xFFFF, 0xFFFF]
        )
        + rows(
            .integer(bits: 64, isSigned: false),
            .int(0x0102_0304_0506_0708),
            [0x0102, 0x0304, 0x0506, 0x0708],
            badc: [0x0201, 0x0403, 0x0605, 0x0807],
            cdab: [0x0708, 0x0506, 0x0304, 0x0102],
            dcba: [0x0807, 0x0605, 0x0403, 0x0201]
        )
        + rows(
            .float32,
            .float(23.5),
            [0x41BC, 0x0000],
            badc: [0xBC41, 0x0000],
            cdab: [0x0000, 0x41BC],
            dcba: [0x0000, 0xBC41]
        )
        + rows(
            .float64,
            .double(-1.5),
            [0xBFF8, 0, 0, 0],
            badc: [0xF8BF, 0, 0, 0],
            cdab: [0, 0, 0, 0xBFF8],
            dcba: [0, 0, 0, 0xF8BF]
        )
        + rows(.truth, .boolean(true), [1], badc: [0x0100], cdab: [1], dcba: [0x0100])
        + rows(
            .text(.utf8, .nul),
            .string("Äb1"),
            [0xC384, 0x6231],
            badc: [0x84C3, 0x3162],
            cdab: [0x6231, 0xC384],
            dcba: [0x3162, 0x84C3]
        )
        + rows(
            .bytes,
            .bytes([1, 2, 3, 4]),
            [0x0102, 0x0304],
            badc: [0x0201, 0x0403],
            cdab: [0x0304, 0x0102],
            dcba: [0x0403, 0x0201]
        )

    @Test("registers become the value", arguments: table)
    func decodes(_ row: Row) throws {
        let block = AddressSpan(first: 98, count: row.registers.count + 4)
        let answer = ModbusAnswer.registers([7, 7] + row.registers + [7, 7])
        #expect(try row.layout.value(in: answer, of: block) == row.value)
    }

    @Test("the value becomes the registers", arguments: table)
    func encodes(_ row: Row) throws {
        #expect(try row.layout.write(of: row.value) == .writeRegisters(first: 100, row.registers))
    }

    @Test("bits of a register", arguments: 0...15)
    func registerBits(bit: Int) throws {
        for (order, position) in [(ByteOrder.abcd, bit), (.badc, (bit + 8) % 16)] {
            let layout = RegisterLayout(
                table: .holding,
                span: AddressSpan(first: 5, count: 1),
                form: .registerBit(bit),
                order: order
            )
            let word = UInt16(1) << UInt16(position)
            #expect(try layout.value(in: .registers([word]), of: layout.span) == .boolean(true))
            #expect(try layout.value(in: .registers([~word]), of: layout.span) == .boolean(false))
            let on = try #require(try layout.patch(of: .boolean(true)))
            #expect(on.maskWrites == [.maskRegister(5, and: ~word, or: word)])
            let off = try #require(try layout.patch(of: .int(0)))
            #expect(off.maskWrites == [.maskRegister(5, and: ~word, or: 0)])
            #expect(try layout.write(of: .boolean(true)) == nil)
        }
    }

    @Test("coils as truth, number and bytes")
    func coils() throws {
        func layout(_ form: ValueForm, _ count: Int) -> RegisterLayout {
            RegisterLayout(table: .coil, span: AddressSpan(first: 8, count: count), form: form, order: .dcba)
        }
        let answer = ModbusAnswer.bits([true, false, true, true, false, false, false, false, true])
        let block = AddressSpan(first: 8, count: 9)
        #expect(try layout(.bit, 1).value(in: answer, of: block) == .boolean(true))
        #expect(try layout(.packedBits, 4).value(in: answer, of: block) == .int(13))
        #expect(try layout(.bytes, 9).value(in: answer, of: block) == .bytes([13, 1]))
        #expect(try layout(.bit, 1).write(of: .boolean(true)) == .writeCoils(first: 8, [true]))
        #expect(try layout(.packedBits, 4).write(of: .int(13)) == .writeCoils(first: 8, [true, false, true, true]))
        #expect(
            try layout(.packedBits, 63).write(of: .int(.max))
                == .writeCoils(first: 8, Array(repeating: true, count: 63))
        )
        #expect(throws: ValueError.self) { try layout(.packedBits, 63).write(of: .int(-1)) }
        #expect(throws: ValueError.self) { try layout(.packedBits, 4).write(of: .int(16)) }
    }

    @Test("text ends at NUL and loses trailing spaces; other bytes are refused")
    func text() throws {
        let layout = RegisterLayout(
            table: .input,
            span: AddressSpan(first: 0, count: 3),
            form: .text(.utf8, .nul),
            order: .abcd
        )
        #expect(try layout.value(in: .registers([0x4142, 0x2000, 0x4343]), of: layout.span) == .string("AB"))
        #expect(throws: ValueError.self) {
            try layout.value(in: .registers([0xFFFE, 0, 0]), of: layout.span)
        }
    }

    @Test("no number is no value")
    func notANumber() {
        for (form, registers) in [
            (ValueForm.float32, [0x7FC0, 0] as [UInt16]), (.float32, [0xFF80, 0]),
            (.float64, [0x7FF0, 0, 0, 0]), (.float16, [0x7C01]), (.float16, [0xFC00]),
        ] {
            let layout = RegisterLayout(
                table: .input,
                span: AddressSpan(first: 0, count: registers.count),
                form: form,
                order: .abcd
            )
            let error = #expect(throws: ValueError.self) {
                try layout.value(in: .registers(registers), of: layout.span)
            }
            #expect(error?.code == .notANumber)
        }
    }

    @Test("unsigned numbers beyond 63 bits are what the property's type can take, or said")
    func beyondInt64() throws {
        func value(_ type: DataType, _ values: ValueKeys = ValueKeys()) throws -> PropertyValue {
            let visitor = ModbusVisitor(register: .input, dataType: .uint64, values: values)
            let property = DeviceModel.Property(name: "p", dataType: type)
            let layout = try RegisterLayout(of: visitor, for: property)
            let raw = try layout.value(in: .registers([0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF]), of: layout.span)
            return try visitor.transform.value(ofRaw: raw, as: type)
        }
        let error = #expect(throws: ValueError.self) { try value(.int) }
        #expect(error?.code == .outOfRange)
        let text = "18446744073709551615 in 4 uint64 registers is above 9223372036854775807"
        #expect(error?.message == text + ", the largest whole number there is")
        #expect(try value(.string) == .string("18446744073709551615"))
        #expect(try value(.double) == .double(0x1p64))
        #expect(try value(.double, ValueKeys(scale: 0.5)) == .double(0x1p63))
        for type in [DataType.int, .string, .double] {
            let marker = ValueKeys(noValue: NoValue([.string("18446744073709551615")]))
            #expect((#expect(throws: ValueError.self) { try value(type, marker) })?.code == .notANumber)
        }
    }

    @Test("digits that are none are said")
    func brokenDecimal() {
        let layout = RegisterLayout(
            table: .input,
            span: AddressSpan(first: 7, count: 2),
            form: .decimal,
            order: .abcd
        )
        #expect {
            try layout.value(in: .registers([0x0012, 0x3A45]), of: layout.span)
        } throws: {
            "\($0)" == "input registers 7…8 hold 00123A45, which are no digits"
        }
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        var form: ValueForm
        var count: Int
        var value: PropertyValue
        var code: ValueError.Code
        var message: String

        var testDescription: String { message }
    }

    static let refusals = [
        Refusal(
            form: .integer(bits: 16, isSigned: false),
            count: 1,
            value: .double(215.3),
            code: .notRepresentable,
            message: "215.3 cannot be stored in a uint16 register"
        ),
        Refusal(
            form: .integer(bits: 16, isSigned: false),
            count: 1,
            value: .int(-1),
            code: .outOfRange,
            message: "-1 does not fit a uint16 register, which holds 0…65535"
        ),
        Refusal(
            form: .integer(bits: 16, isSigned: true),
            count: 1,
            value: .int(32768),
            code: .outOfRange,
            message: "32768 does not fit an int16 register, which holds -32768…32767"
        ),
        Refusal(
            form: .integer(bits: 32, isSigned: false),
            count: 2,
            value: .int(4_294_967_296),
            code: .outOfRange,
            message: "4294967296 does not fit 2 uint32 registers, which hold 0…4294967295"
        ),
        Refusal(
            form: .float32,
            count: 2,
            value: .int(16_777_217),
            code: .notRepresentable,
            message: "16777217 cannot be stored in 2 float32 registers"
        ),
        Refusal(
            form: .float32,
            count: 2,
            value: .double(1e300),
            code: .outOfRange,
            message: "1" + String(repeating: "0", count: 300) + " does not fit 2 float32 registers"
        ),
        Refusal(
            form: .float16,
            count: 1,
            value: .double(65520),
            code: .outOfRange,
            message: "65520 does not fit a float16 register"
        ),
        Refusal(
            form: .float16,
            count: 1,
            value: .int(2049),
            code: .notRepresentable,
            message: "2049 cannot be stored in a float16 register"
        ),
        Refusal(
            form: .decimal,
            count: 1,
            value: .int(10000),
            code: .outOfRange,
            message: "10000 does not fit a bcd register, which holds 0…9999"
        ),
        Refusal(
            form: .integer(bits: 64, isSigned: false),
            count: 4,
            value: .double(0x1p64),
            code: .notRepresentable,
            message: "18446744073709552000 cannot be stored in 4 uint64 registers"
        ),
        Refusal(
            form: .text(.ascii, .nul),
            count: 2,
            value: .string("Ä"),
            code: .notRepresentable,
            message: "ASCII in 2 registers has no character 'Ä'"
        ),
        Refusal(
            form: .text(.latin1, .space),
            count: 2,
            value: .string("€"),
            code: .notRepresentable,
            message: "Latin-1 in 2 registers has no character '€'"
        ),
        Refusal(
            form: .text(.utf16, .space),
            count: 2,
            value: .string("abc"),
            code: .outOfRange,
            message: "a text of 6 bytes does not fit 2 registers"
        ),
        Refusal(
            form: .text(.utf8, .space),
            count: 2,
            value: .string("a "),
            code: .notRepresentable,
            message: "text with NUL, or a space at its end, cannot be stored in 2 registers"
        ),
        Refusal(
            form: .text(.utf8, .nul),
            count: 2,
            value: .string("12345"),
            code: .outOfRange,
            message: "a text of 5 bytes does not fit 2 registers"
        ),
        Refusal(
            form: .bytes,
            count: 2,
            value: .bytes([1, 2, 3]),
            code: .outOfRange,
            message: "3 bytes do not fill 2 registers, which take 4"
        ),
        Refusal(
            form: .truth,
            count: 1,
            value: .int(2),
            code: .notRepresentable,
            message: "2 cannot be stored in a bool register, only 0 and 1 can"
        ),
    ]

    @Test("what registers cannot hold is refused", arguments: refusals)
    func refuses(_ row: Refusal) {
        let layout = RegisterLayout(
            table: .holding,
            span: AddressSpan(first: 0, count: row.count),
            form: row.form,
            order: .abcd
        )
        let error = #expect(throws: ValueError.self) { try layout.write(of: row.value) }
        #expect(error == ValueError(row.code, row.message))
    }
}
