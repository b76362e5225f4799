// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ModbusDriver

@Suite("Time on the line")
struct LineTimeTests {
    private static func settings(_ baudRate: Int, parity: Parity = .even) -> SerialSettings {
        SerialSettings(baudRate: baudRate, dataBits: 8, parity: parity, stopBits: 1, isRS485: false)
    }

    /// Upper bounds of reads a second with 11 bits a character, and what a single register takes.
    @Test(
        "one register, ten registers, 125 registers",
        arguments: [
            (9600, 25.2, 45.8, 309.4), (19200, 12.6, 22.9, 154.7), (38400, 7.8, 12.9, 78.8), (115_200, 4.9, 6.7, 28.6),
        ]
    )
    func reads(baudRate: Int, one: Double, ten: Double, all: Double) {
        let time = LineTime(Self.settings(baudRate))
        for (count, milliseconds) in [(1, one), (10, ten), (125, all)] {
            let request = ModbusRequest.read(.holding, AddressSpan(first: 0, count: count))
            let total = time.total(of: request)
            #expect(abs(Double(total.microseconds) / 1000 - milliseconds) < 0.1)
            #expect(total == time.perRead + time.perRegister * count)
        }
    }

    @Test(
        "frames of every kind",
        arguments: [
            (ModbusRequest.read(.coil, AddressSpan(first: 0, count: 2000)), 8, 255),
            (.read(.discreteInput, AddressSpan(first: 9, count: 9)), 8, 7),
            (.read(.input, AddressSpan(first: 0, count: 125)), 8, 255),
            (.writeRegisters(first: 1, [1]), 8, 8),
            (.writeRegisters(first: 1, [1, 2, 3]), 15, 8),
            (.writeCoils(first: 1, [true]), 8, 8),
            (.writeCoils(first: 1, Array(repeating: true, count: 9)), 11, 8),
            (.maskRegister(1, and: 0, or: 0), 10, 10),
        ]
    )
    func lengths(request: ModbusRequest, length: Int, answerLength: Int) {
        #expect(request.serialLength == length)
        #expect(request.serialLength == request.bytes.count + 3)
        #expect(request.serialAnswerLength == answerLength)
        #expect(LineTime.none.total(of: request) == .zero)
    }

    @Test("the character has a parity bit or not, the silence an upper speed")
    func silence() {
        #expect(Self.settings(9600, parity: .none).characterTime == .nanoseconds(1_041_666))
        #expect(Self.settings(1200).frameGap > .milliseconds(32))
        #expect(Self.settings(19200).frameGap > .milliseconds(2))
        #expect(Self.settings(115_200).frameGap == .microseconds(1750))
    }
}
