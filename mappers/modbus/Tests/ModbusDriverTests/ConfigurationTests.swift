// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import ModbusDriver

@Suite("Configuration")
struct ConfigurationTests {
    private static let register: ConfigNode = ["register": "HoldingRegister"]

    private func findings(_ config: ConfigNode, _ properties: [Property] = []) -> [String] {
        DriverBinding(ModbusDriver()).bind(Make.instance("meter", config, properties)).diagnostics.map(\.description)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var config: ConfigNode
        var message: String
        var testDescription: String { message }
    }

    static let connections = [
        Case(
            config: ["slaveID": 1],
            message: "error: device 'meter': neither 'ip' nor 'serialPort' is given: one of them is needed"
        ),
        Case(
            config: ["slaveID": 1, "ip": "10.0.0.5", "serialPort": "/dev/ttyS0"],
            message: "error: device 'meter': both 'ip' and 'serialPort' are given: keep one, or say which with "
                + "'communicateMode'"
        ),
        Case(
            config: ["slaveID": 1, "ip": "10.0.0.5", "communicateMode": "rtu"],
            message: "error: device 'meter': 'communicateMode' is RTU, but the key 'serialPort' is missing"
        ),
        Case(
            config: ["slaveID": 1, "ip": "10.0.0.5", "communicateMode": "ASCII"],
            message: "error: device 'meter': 'communicateMode' is 'ASCII' (TCP, RTU, RTUOverTCP are allowed)"
        ),
        Case(
            config: ["slaveID": 1, "serialPort": "/dev/ttyS0", "communicateMode": "RTUOverTCP"],
            message: "error: device 'meter': 'communicateMode' is RTUOverTCP, but the key 'ip' is missing"
        ),
        Case(
            config: ["slaveID": 255, "ip": "10.0.0.5", "communicateMode": "RTUOverTCP"],
            message: "error: device 'meter': 'slaveID' is 255, allowed is 1…247"
        ),
        Case(
            config: ["slaveID": 1, "ip": "10.0.0.5", "communicateMode": "RTUOverTCP", "rts": "up"],
            message: "error: device 'meter': 'rts' is for a serial device of this machine; "
                + "the device server switches its own line"
        ),
        Case(
            config: ["slaveID": 1, "serialPort": "/dev/ttyS0", "rts": "up", "serialType": "RS485"],
            message: "error: device 'meter': 'rts' and 'serialType' RS485 both switch the line's direction: "
                + "keep one of them"
        ),
        Case(
            config: ["slaveID": 1, "ip": "10.0.0.5", "requestPause": -1],
            message: "error: device 'meter': 'requestPause' is -1, allowed is 0…10000 ms"
        ),
        Case(
            config: ["slaveID": 1, "ip": "10.0.0.5", "unitSwitchPause": 20_000],
            message: "error: device 'meter': 'unitSwitchPause' is 20000, allowed is 0…10000 ms"
        ),
        Case(
            config: ["slaveID": 1, "ip": "10.0.0.5", "retries": 11],
            message: "error: device 'meter': 'retries' is 11, allowed is 0…10"
        ),
        Case(
            config: ["slaveID": 1, "ip": "10.0.0.5", "addressBase": 2],
            message: "error: device 'meter': 'addressBase' is 2 (0, 1 are allowed)"
        ),
        Case(
            config: ["slaveID": 1, "ip": "10.0.0.5", "registerWriteFunction": 5],
            message: "error: device 'meter': 'registerWriteFunction' is 5 (6, 16 are allowed)"
        ),
        Case(
            config: ["slaveID": 1, "ip": "10.0.0.5", "coilWriteFunction": 6],
            message: "error: device 'meter': 'coilWriteFunction' is 6 (5, 15 are allowed)"
        ),
        Case(
            config: ["slaveID": 1, "ip": "10.0.0.5", "forbidden": ["HoldingRegister 9-3"]],
            message:
                "error: device 'meter': 'HoldingRegister 9-3' is no range of addresses; write a table (CoilRegister, "
                + "DiscreteInputRegister, InputRegister, HoldingRegister) and one address, or the first and the last "
                + "within 0…65535: HoldingRegister 100-119"
        ),
        Case(
            config: ["slaveID": 248, "ip": "10.0.0.5"],
            message: "error: device 'meter': 'slaveID' is 248, allowed over TCP is 0…247 and 255"
        ),
        Case(
            config: ["slaveID": "1", "ip": "10.0.0.5", "port": "70000"],
            message: "error: device 'meter': 'port' is 70000, allowed is 1…65535"
        ),
        Case(
            config: ["serialPort": "/dev/ttyS0"],
            message: "error: device 'meter': 'slaveID' is missing or 0, which addresses all units of a serial line; "
                + "allowed is 1…247"
        ),
        Case(
            config: ["slaveID": 250, "serialPort": "/dev/ttyS0"],
            message: "error: device 'meter': 'slaveID' is 250, allowed is 1…247"
        ),
        Case(
            config: ["slaveID": 1, "serialPort": "/dev/ttyS0", "dataBits": 7],
            message: "error: device 'meter': 'dataBits' is 7, Modbus RTU needs 8"
        ),
        Case(
            config: ["slaveID": 1, "serialPort": "/dev/ttyS0", "stopBits": 3],
            message: "error: device 'meter': 'stopBits' is 3, allowed is 1…2"
        ),
        Case(
            config: ["slaveID": 1, "serialPort": "/dev/ttyS0", "parity": "mark"],
            message: "error: device 'meter': 'parity' is 'mark' (none, even, odd are allowed)"
        ),
        Case(
            config: ["slaveID": 1, "ip": "10.0.0.5", "responseTimeout": 0],
            message: "error: device 'meter': 'responseTimeout' is 0, allowed is 1…60000 ms"
        ),
        Case(
            config: ["slaveID": 1, "ip": "10.0.0.5", "maxRegistersPerRequest": 126],
            message: "error: device 'meter': 'maxRegistersPerRequest' is 126, allowed is 1…125"
        ),
        Case(
            config: ["slaveID": 1, "ip": ""],
            message: "error: device 'meter': neither 'ip' nor 'serialPort' is given: one of them is needed"
        ),
        Case(
            config: ["slaveID": 1, "ip": "10.0.0.5", "addressBase": ConfigNode(.int(.max))],
            message: "error: device 'meter': 'addressBase' is \(Int64.max) (0, 1 are allowed)"
        ),
    ]

    @Test("broken connections", arguments: connections)
    func connection(_ row: Case) {
        #expect(findings(row.config) == [row.message])
    }

    @Test("a baud rate that libmodbus would turn into 9600 is an error")
    func baudRate() {
        let found = findings(["slaveID": 1, "serialPort": "/dev/ttyS0", "baudRate": 1800])
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("error: device 'meter': 'baudRate' is 1800 (110, 300, 600, 1200,") == true)
    }

    @Test("every key of KubeEdge is known, numbers may be quoted")
    func keys() {
        let tcp: ConfigNode = [
            "slaveID": "255", "ip": "10.0.0.5", "port": "5502", "communicateMode": "TCP", "commType": "tcp client",
            "reconnTimeout": 3, "reconnRetryTimes": 5, "collectTimeout": 2, "collectRetryTimes": 1,
            "collectType": "sync",
        ]
        let serial: ConfigNode = [
            "slaveID": 1, "serialPort": "1", "baudRate": 115_200, "dataBits": 8, "parity": "even", "stopBits": 1,
            "serialType": "RS485",
        ]
        let visitor: ConfigNode = [
            "register": "CoilRegister", "offset": 2, "limit": 1, "scale": 1, "isSwap": true, "isRegisterSwap": true,
            "dataType": "int", "max": 100.0, "min": 1.0,
        ]
        let property = Make.property("temperature", .int, visitor, access: .readWrite)
        #expect(findings(tcp, [property]) == [])
        #expect(findings(serial, [property]) == [])
    }

    @Test("an unknown key is a warning")
    func unknownKey() {
        let found = findings(["ip": "10.0.0.5", "slaveId": 1])
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("warning: device 'meter': unknown key 'slaveId'") == true)
    }

    struct VisitorCase: CustomTestStringConvertible, Sendable {
        var type: DataType
        var visitor: ConfigNode
        var access = AccessMode.readOnly
        var message: String
        var testDescription: String { message }
    }

    static let visitors = [
        VisitorCase(
            type: .int,
            visitor: ["offset": 1],
            message: "error: property 'p' of device 'meter': the key 'register' is missing"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "HoldingRegister", "offset": 65536],
            message: "error: property 'p' of device 'meter': 'offset' is 65536, allowed is 0…65535"
        ),
        VisitorCase(
            type: .float,
            visitor: ["register": "HoldingRegister", "offset": 65535],
            message: "error: property 'p' of device 'meter': 'offset' 65535 and 2 holding registers go beyond the last "
                + "address, 65535"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "HoldingRegister", "limit": 3],
            message:
                "error: property 'p' of device 'meter': 'limit' is 3, allowed is 1, 2 or 4 registers for a whole number"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "HoldingRegister", "limit": 2, "dataType": "int16"],
            message: "error: property 'p' of device 'meter': 'limit' is 2, allowed is 1 for 'dataType' int16"
        ),
        VisitorCase(
            type: .string,
            visitor: ["register": "HoldingRegister"],
            message: "error: property 'p' of device 'meter': the key 'limit' is missing: how many registers the text "
                + "takes, 1…125"
        ),
        VisitorCase(
            type: .boolean,
            visitor: ["register": "HoldingRegister", "bit": 16],
            message: "error: property 'p' of device 'meter': 'bit' is 16, allowed is 0…15"
        ),
        VisitorCase(
            type: .boolean,
            visitor: ["register": "CoilRegister", "bit": 1],
            message: "error: property 'p' of device 'meter': 'bit' is for registers; coils are single bits already"
        ),
        VisitorCase(
            type: .float,
            visitor: ["register": "CoilRegister", "dataType": "float32"],
            message: "error: property 'p' of device 'meter': 'dataType' float32 needs registers, CoilRegister has bits"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "InputRegister", "dataType": "string", "limit": 4],
            message: "error: property 'p' of device 'meter': input registers read as string, but the model says int"
        ),
        VisitorCase(
            type: .float,
            visitor: ["register": "InputRegister", "byteOrder": "CDAB", "isSwap": true],
            message:
                "error: property 'p' of device 'meter': 'byteOrder' stands beside 'isSwap' or 'isRegisterSwap': keep "
                + "one or the other"
        ),
        VisitorCase(
            type: .float,
            visitor: ["register": "InputRegister", "encoding": "utf8"],
            message:
                "error: property 'p' of device 'meter': 'encoding' is for text in registers, this is read as float32"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "CoilRegister", "padding": "nul"],
            message: "error: property 'p' of device 'meter': 'padding' is for text in registers, this is read as coils"
        ),
        VisitorCase(
            type: .string,
            visitor: ["register": "InputRegister", "limit": 2, "encoding": "utf-8"],
            message: "error: property 'p' of device 'meter': 'encoding' is 'utf-8', did you mean 'utf8'? (utf8, ascii, "
                + "latin1, utf16 are allowed)"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "InputRegister", "byte": "high"],
            message:
                "error: property 'p' of device 'meter': 'byte' is for 'dataType' int8 and uint8, this is read as uint16"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "InputRegister", "dataType": "int8", "byte": "hi"],
            message: "error: property 'p' of device 'meter': 'byte' is 'hi' (high, low are allowed)"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "InputRegister", "bitCount": 3],
            message: "error: property 'p' of device 'meter': 'bitCount' needs the key 'bit', the lowest of the bits"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "InputRegister", "bit": 12, "bitCount": 5],
            message:
                "error: property 'p' of device 'meter': 'bitCount' is 5, allowed from bit 12 of a register is 1…4"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "InputRegister", "bit": 12, "bitCount": 21, "limit": 2],
            message:
                "error: property 'p' of device 'meter': 'bitCount' is 21, allowed from bit 12 of 2 registers is 1…20"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "InputRegister", "bit": 1, "bitCount": 2, "limit": 3],
            message: "error: property 'p' of device 'meter': 'limit' is 3, allowed is 1, 2 or 4 registers for bits"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "InputRegister", "bit": 1, "bitCount": 2, "dataType": "float32"],
            message:
                "error: property 'p' of device 'meter': 'dataType' float32 does not go with 'bit'; a whole number, "
                + "bit or none does"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "InputRegister", "dataType": "bcd", "limit": 3],
            message:
                "error: property 'p' of device 'meter': 'limit' is 3, allowed is 1, 2 or 4 registers of 4 digits each"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "HoldingRegister", "limit": 2, "writeFunction": 6],
            message: "error: property 'p' of device 'meter': 'writeFunction' 6 writes one holding register, this value "
                + "takes 2: use 16"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "HoldingRegister", "writeFunction": 15],
            message: "error: property 'p' of device 'meter': 'writeFunction' is 15 (6 and 16 are allowed for holding "
                + "registers)"
        ),
        VisitorCase(
            type: .boolean,
            visitor: ["register": "DiscreteInputRegister", "writeFunction": 5],
            message: "error: property 'p' of device 'meter': 'writeFunction' is given, but discrete inputs cannot be "
                + "written"
        ),
        VisitorCase(
            type: .string,
            visitor: ["register": "HoldingRegister", "enumeration": ["0": "off", "70000": "on"]],
            message:
                "error: property 'p' of device 'meter': 'enumeration' has the raw number 70000, which uint16 never "
                + "is (0…65535)"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "HoldingRegister", "dataType": "int8", "noValue": [128, 256]],
            message: "warning: property 'p' of device 'meter': 'noValue' has 256, which int8 never is (-128…127)"
        ),
        VisitorCase(
            type: .int,
            visitor: ["register": "InputRegister"],
            access: .readWrite,
            message: "warning: property 'p' of device 'meter': the model says ReadWrite, but input registers cannot be "
                + "written"
        ),
        VisitorCase(
            type: .string,
            visitor: ["register": "HoldingRegister", "limit": 124],
            access: .readWrite,
            message:
                "error: property 'p' of device 'meter': a ReadWrite value takes at most 123 holding registers, this "
                + "one 124"
        ),
    ]

    @Test("doubtful visitors", arguments: visitors)
    func visitor(_ row: VisitorCase) {
        let property = Make.property("p", row.type, row.visitor, access: row.access)
        #expect(findings(["ip": "10.0.0.5"], [property]) == [row.message])
    }

    @Test("a value longer than the device's requests is an error")
    func tooLong() {
        let property = Make.property("p", .float, ["register": "HoldingRegister"])
        #expect(
            findings(["ip": "10.0.0.5", "maxRegistersPerRequest": 1], [property]) == [
                "error: property 'p' of device 'meter': the value takes 2 holding registers, but "
                    + "'maxRegistersPerRequest' is 1, and a value is never read in pieces"
            ]
        )
    }

    @Test("complaints name the place")
    func place() {
        let location = SourceLocation(file: "p.json", line: 7, column: 12)
        let offset = ConfigNode(.int(70000), at: location)
        let visitor = ConfigNode(
            .mapping([ConfigNode.Entry("register", "InputRegister"), ConfigNode.Entry("offset", offset)])
        )
        #expect(
            findings(["ip": "10.0.0.5"], [Make.property("p", .int, visitor)]) == [
                "p.json:7:12: error: property 'p' of device 'meter': 'offset' is 70000, allowed is 0…65535"
            ]
        )
    }
}

@Suite("Meaning of KubeEdge's visitor keys")
struct LayoutTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var type: DataType
        var visitor: ModbusVisitor
        var minimum: Double?
        var form: ValueForm
        var count: Int
        var testDescription: String { "\(type) \(visitor.register) limit \(visitor.limit ?? 0) → \(form)" }
    }

    static let cases = [
        Case(type: .int, visitor: .init(register: .holding), form: .integer(bits: 16, isSigned: false), count: 1),
        Case(
            type: .int,
            visitor: .init(register: .holding),
            minimum: -40,
            form: .integer(bits: 16, isSigned: true),
            count: 1
        ),
        Case(
            type: .int,
            visitor: .init(register: .input, limit: 2),
            minimum: 0,
            form: .integer(bits: 32, isSigned: false),
            count: 2
        ),
        Case(
            type: .int,
            visitor: .init(register: .input, limit: 4),
            minimum: -1,
            form: .integer(bits: 64, isSigned: true),
            count: 4
        ),
        Case(
            type: .float,
            visitor: .init(register: .input, limit: 1),
            minimum: -40.5,
            form: .integer(bits: 16, isSigned: true),
            count: 1
        ),
        Case(type: .float, visitor: .init(register: .input, limit: 2), form: .float32, count: 2),
        Case(type: .float, visitor: .init(register: .input), form: .float32, count: 2),
        Case(type: .double, visitor: .init(register: .input), form: .float64, count: 4),
        Case(type: .double, visitor: .init(register: .input, limit: 2), form: .float32, count: 2),
        Case(
            type: .double,
            visitor: .init(register: .input, limit: 1),
            form: .integer(bits: 16, isSigned: false),
            count: 1
        ),
        Case(type: .boolean, visitor: .init(register: .coil), form: .bit, count: 1),
        Case(type: .boolean, visitor: .init(register: .holding), form: .truth, count: 1),
        Case(type: .boolean, visitor: .init(register: .holding, bit: 3), form: .registerBit(3), count: 1),
        Case(type: .int, visitor: .init(register: .discreteInput), form: .packedBits, count: 1),
        Case(type: .string, visitor: .init(register: .discreteInput, limit: 1), form: .packedBits, count: 1),
        Case(type: .string, visitor: .init(register: .holding, limit: 8), form: .text(.utf8, .nul), count: 8),
        Case(type: .bytes, visitor: .init(register: .input, limit: 16), form: .bytes, count: 16),
        Case(
            type: .int,
            visitor: .init(register: .input, dataType: .int32),
            form: .integer(bits: 32, isSigned: true),
            count: 2
        ),
        Case(type: .float, visitor: .init(register: .input, dataType: .float64), form: .float64, count: 4),
    ]

    @Test("forms", arguments: cases)
    func form(_ row: Case) throws {
        let range = ValueRange(minimum: row.minimum.map { .double($0) })
        let layout = try RegisterLayout(
            of: row.visitor,
            for: DeviceModel.Property(name: "p", dataType: row.type, range: range)
        )
        #expect(layout.form == row.form)
        #expect(layout.span.count == row.count)
    }

    private static let text = DeviceModel.Property(name: "p", dataType: .string)
    private static let number = DeviceModel.Property(name: "p", dataType: .int)

    @Test("a string with an enumeration is a whole number in registers")
    func enumeration() throws {
        let visitor = ModbusVisitor(
            register: .holding,
            values: ValueKeys(enumeration: ValueEnumeration([0: "off", 1: "on"]))
        )
        let layout = try RegisterLayout(of: visitor, for: Self.text)
        #expect(layout.form == .integer(bits: 16, isSigned: false))
        let raw = try visitor.transform.raw(of: .string("on"))
        #expect(try layout.write(of: raw) == .writeRegisters(first: 0, [1]))
    }

    @Test("the device's order counts where the visitor has none; of text its swap in registers alone")
    func defaultOrder() throws {
        func order(_ visitor: ModbusVisitor, _ property: DeviceModel.Property = LayoutTests.number) throws -> ByteOrder
        {
            try RegisterLayout(of: visitor, for: property, defaults: DeviceDefaults(byteOrder: .dcba)).order
        }
        #expect(try order(ModbusVisitor(register: .input, limit: 2)) == .dcba)
        #expect(try order(ModbusVisitor(register: .input, limit: 2, byteOrder: .abcd)) == .abcd)
        #expect(try order(ModbusVisitor(register: .input, limit: 2, isSwap: true)) == .badc)
        #expect(try order(ModbusVisitor(register: .input, limit: 2), Self.text) == .badc)
        #expect(try order(ModbusVisitor(register: .input, limit: 2, byteOrder: .dcba), Self.text) == .dcba)
    }

    @Test("with an address base of 1 ranges are counted from 1 too")
    func addressBaseOfRanges() throws {
        let config: ConfigNode = [
            "slaveID": 1, "ip": "10.0.0.5", "addressBase": 1, "forbidden": ["HoldingRegister 1-12"],
            "readable": ["InputRegister 5"], "atomic": ["HoldingRegister 65535"],
        ]
        let properties = Make.words(at: [13, 65535])
        let rules = try Make.device(config, properties).config.rules.addresses
        #expect(rules.forbidden == [AddressRange(.holding, 0...11)])
        #expect(rules.readable == [AddressRange(.input, 4...4)])
        #expect(rules.atomic == [AddressRange(.holding, 65534...65534)])
    }

    @Test(
        "what cannot be read in one request is no atomic range",
        arguments: [
            (
                ["atomic": ["HoldingRegister 0-9"], "forbidden": ["HoldingRegister 4"]],
                "'atomic' has HoldingRegister 0-9, between whose properties are addresses that must not be read: "
                    + "change it, 'forbidden' or 'readable'"
            ),
            (
                ["atomic": ["HoldingRegister 0-4", "HoldingRegister 5-9"]],
                "'atomic' has 2 ranges with property 'long': make them one"
            ),
            (
                ["addressBase": 1, "readable": ["CoilRegister 0-4"]],
                "'readable' has the address 0, but the first one is 1, as the device's 'addressBase' is 1"
            ),
        ] as [([String: ConfigNode], String)]
    )
    func brokenRanges(keys: [String: ConfigNode], message: String) {
        let place: ConfigNode = ["register": "HoldingRegister", "offset": 4, "limit": 2]
        let long = Make.property(
            "long",
            .int,
            keys["forbidden"] == nil ? place : ["register": "HoldingRegister", "offset": 9]
        )
        let keys = keys.merging(["slaveID": 1, "ip": "10.0.0.5"]) { key, _ in key }
        let config = ConfigNode(.mapping(keys.map { ConfigNode.Entry($0.key, $0.value) }))
        let instance = Make.instance("meter", config, Make.words(at: [1]) + [long])
        let findings = DriverBinding(ModbusDriver()).bind(instance).diagnostics.map(\.description)
        #expect(findings.contains("error: device 'meter': \(message)"))
    }

    @Test("with an address base of 1 the first register is 1")
    func addressBase() throws {
        func layout(_ offset: Int, _ limit: Int = 1) throws -> RegisterLayout {
            let visitor = ModbusVisitor(register: .input, offset: offset, limit: limit)
            return try RegisterLayout(of: visitor, for: Self.number, defaults: DeviceDefaults(addressBase: 1))
        }
        #expect(try layout(1).span == AddressSpan(first: 0, count: 1))
        #expect(try layout(65536).span == AddressSpan(first: 65535, count: 1))
        #expect(
            throws: LayoutProblem("offset", "'offset' 65536 and 2 input registers go beyond the last address, 65536")
        ) {
            try layout(65536, 2)
        }
        let message = "'offset' is 0, allowed is 1…65536, as the device's 'addressBase' is 1"
        #expect(throws: LayoutProblem("offset", message)) { try layout(0) }
    }

    @Test(
        "writing takes the function asked for, else the device's, else the one that fits",
        arguments: [
            (nil, DeviceDefaults(), 1, 6), (nil, DeviceDefaults(), 2, 16), (16, DeviceDefaults(), 1, 16),
            (nil, DeviceDefaults(registerWriteFunction: 16), 1, 16),
            (6, DeviceDefaults(registerWriteFunction: 16), 1, 6),
            (nil, DeviceDefaults(registerWriteFunction: 6), 2, 16), (nil, DeviceDefaults(coilWriteFunction: 15), 1, 6),
        ] as [(Int?, DeviceDefaults, Int, UInt8)]
    )
    func writeFunction(own: Int?, defaults: DeviceDefaults, limit: Int, code: UInt8) throws {
        let visitor = ModbusVisitor(register: .holding, limit: limit, writeFunction: own)
        let layout = try RegisterLayout(of: visitor, for: Self.number, defaults: defaults)
        let request = try #require(try layout.write(of: .int(3)))
        #expect(request.functionCode == code)
        #expect(request.bytes.count == (code == 6 ? 5 : 6 + 2 * limit))
    }

    @Test("coils and bits of registers take theirs")
    func otherWriteFunctions() throws {
        let flag = DeviceModel.Property(name: "p", dataType: .boolean)
        let coil = try RegisterLayout(
            of: ModbusVisitor(register: .coil),
            for: flag,
            defaults: DeviceDefaults(coilWriteFunction: 15)
        )
        #expect(try coil.write(of: .boolean(true))?.bytes == [15, 0, 0, 0, 1, 1, 1])
        let bit = try RegisterLayout(of: ModbusVisitor(register: .holding, bit: 1, writeFunction: 16), for: flag)
        let patch = try #require(try bit.patch(of: .boolean(true)))
        #expect(!patch.allowsMaskWrite)
        #expect(patch.write(over: [8]).bytes == [16, 0, 0, 0, 1, 2, 0, 10])
        let wide = try RegisterLayout(of: ModbusVisitor(register: .holding, limit: 2, bit: 20), for: flag)
        #expect(try wide.patch(of: .boolean(true))?.allowsMaskWrite == false)
    }

    @Test("a missing scale and a scale of 0 are 1")
    func scale() throws {
        let device = try Make.device(
            ["ip": "10.0.0.5"],
            [
                Make.property("a", .int, ["register": "InputRegister"]),
                Make.property("b", .int, ["register": "InputRegister", "scale": 0]),
                Make.property(
                    "c",
                    .float,
                    ["register": "InputRegister", "limit": 1, "scale": 0.1, "valueOffset": -40]
                ),
            ]
        )
        let transforms = device.visitors.map { ModbusDriver().transform(for: $0.config) }
        #expect(transforms == [.identity, .identity, ValueTransform(scale: 0.1, offset: -40)])
        #expect(try transforms[2].value(ofRaw: .int(615)) == .double(21.5))
    }
}
