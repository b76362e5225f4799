// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ModbusDriver

@Suite("Requests and answers")
struct FrameTests {
    static let requests: [(ModbusRequest, [UInt8])] = [
        (.read(.coil, AddressSpan(first: 19, count: 37)), [1, 0, 19, 0, 37]),
        (.read(.discreteInput, AddressSpan(first: 65535, count: 1)), [2, 0xFF, 0xFF, 0, 1]),
        (.read(.holding, AddressSpan(first: 107, count: 3)), [3, 0, 107, 0, 3]),
        (.read(.input, AddressSpan(first: 8, count: 125)), [4, 0, 8, 0, 125]),
        (.writeCoils(first: 172, [true]), [5, 0, 172, 0xFF, 0]),
        (.writeCoils(first: 172, [false]), [5, 0, 172, 0, 0]),
        (.writeRegisters(first: 1, [3]), [6, 0, 1, 0, 3]),
        (
            .writeCoils(first: 19, [true, false, true, true, false, false, true, true, true, false]),
            [15, 0, 19, 0, 10, 2, 0xCD, 0x01]
        ),
        (.writeRegisters(first: 1, [10, 258]), [16, 0, 1, 0, 2, 4, 0, 10, 1, 2]),
        (.maskRegister(4, and: 0xF2, or: 0x25), [22, 0, 4, 0, 0xF2, 0, 0x25]),
    ]

    @Test("the bytes of a request", arguments: requests)
    func bytes(request: ModbusRequest, bytes: [UInt8]) {
        #expect(request.bytes == bytes)
    }

    @Test("answers that belong to the request")
    func answers() throws {
        let coils = ModbusRequest.read(.coil, AddressSpan(first: 0, count: 10))
        #expect(
            try coils.answer(from: [1, 2, 0xCD, 0x01])
                == .bits([true, false, true, true, false, false, true, true, true, false])
        )
        let registers = ModbusRequest.read(.input, AddressSpan(first: 0, count: 2))
        #expect(try registers.answer(from: [4, 4, 0, 10, 1, 2]) == .registers([10, 258]))
        #expect(try registers.answer(from: [0x84, 2]) == .exception(.illegalDataAddress))
        for (request, bytes) in Self.requests where request.isWrite {
            #expect(try request.answer(from: Array(bytes.prefix(bytes[0] == 22 ? 7 : 5))) == .done)
        }
    }

    static let mismatches: [(ModbusRequest, [UInt8])] = [
        (.read(.input, AddressSpan(first: 0, count: 2)), []),
        (.read(.input, AddressSpan(first: 0, count: 2)), [3, 4, 0, 10, 1, 2]),
        (.read(.input, AddressSpan(first: 0, count: 2)), [4, 2, 0, 10]),
        (.read(.input, AddressSpan(first: 0, count: 2)), [4, 4, 0, 10]),
        (.read(.coil, AddressSpan(first: 0, count: 9)), [1, 1, 3]),
        (.read(.coil, AddressSpan(first: 0, count: 9)), [0x83, 2]),
        (.writeRegisters(first: 1, [3]), [6, 0, 1, 0, 4]),
        (.writeRegisters(first: 1, [3, 4]), [16, 0, 2, 0, 2]),
    ]

    @Test("answers that do not", arguments: mismatches)
    func mismatch(request: ModbusRequest, bytes: [UInt8]) {
        #expect(throws: AnswerMismatch.self) { try request.answer(from: bytes) }
    }

    @Test("the checksum of serial frames")
    func checksum() {
        // The example of Modbus over serial line V1.02, appendix B: 02 07 gives 41 12.
        #expect(SerialFrame.checksum(of: [0x02, 0x07] as [UInt8]) == 0x1241)
    }
}
