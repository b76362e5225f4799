// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import ModbusDriver

/// Puts the same faults before libmodbus's own calls in a loop and before the bus.
@Suite("Side by side with bare libmodbus", .timeLimit(.minutes(3)), .serialized)
struct ComparisonTests {
    typealias Fault = FaultyDevice.Fault

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var transport: FaultyDevice.Transport
        var fault: Fault
        var onError: BareModbus.OnError
        /// Whether the bare loop takes values for others with it.
        var misleadsBare = false

        var testDescription: String { "\(name), bare loop on error: \(onError.rawValue)" }
    }

    static let cases = [
        Case(
            name: "RTU answer late",
            transport: .line,
            fault: .late(milliseconds: 300),
            onError: .nothing,
            misleadsBare: true
        ),
        Case(
            name: "RTU answer late",
            transport: .line,
            fault: .late(milliseconds: 300),
            onError: .flush,
            misleadsBare: true
        ),
        Case(name: "TCP answer late", transport: .tcp, fault: .late(milliseconds: 300), onError: .nothing),
        Case(name: "TCP answer late", transport: .tcp, fault: .late(milliseconds: 300), onError: .flush),
        Case(name: "TCP answer late", transport: .tcp, fault: .late(milliseconds: 300), onError: .reconnect),
        Case(name: "RTU answer twice", transport: .line, fault: .duplicate, onError: .nothing, misleadsBare: true),
        Case(name: "TCP answer twice", transport: .tcp, fault: .duplicate, onError: .flush),
        Case(
            name: "TCP answer of another unit",
            transport: .tcp,
            fault: .foreignUnit,
            onError: .flush,
            misleadsBare: true
        ),
        Case(name: "TCP answer byte by byte", transport: .tcp, fault: .drip(milliseconds: 150), onError: .reconnect),
        Case(name: "RTU answer byte by byte", transport: .line, fault: .drip(milliseconds: 150), onError: .flush),
    ]

    @Test("the bus publishes nothing wrong", arguments: cases)
    func fault(_ row: Case) async throws {
        let script: @Sendable (Int, FaultyDevice.Request) -> Fault = { number, _ in number == 4 ? row.fault : .none }
        let first = try FaultyDevice(row.transport, script: script)
        let bare = await BareModbus.readMany(first.address, 24, onError: row.onError)
        first.stop()
        let second = try FaultyDevice(row.transport, script: script)
        var bench = try BusBench(second.address)
        bench.isMixed = false
        let tally = await bench.readMany()
        bench.end()
        second.stop()
        #expect(tally.wrong == 0)
        if row.misleadsBare { #expect(bare.wrong > 0) }
        BusBench.note(
            "\(row.name) | once in 24 reads | bare libmodbus (\(row.onError.rawValue)): \(bare.text) "
                + "| modbus-mapper: \(tally.text)"
        )
    }

    @Test("a write that was reported as failed is not executed later")
    func ghostWrite() async throws {
        func executed(_ write: (BusAddress) async throws -> Void) async throws -> Int {
            let device = try FaultyDevice(.tcp)
            let relay = try HoldingRelay(to: device.port)
            relay.hold(true)
            try await write(relay.address)
            relay.hold(false)
            // A ghost takes a moment; nothing tells that none comes.
            try await Task.sleep(for: .milliseconds(500))
            relay.stop()
            device.stop()
            return device.requests.count
        }
        let bare = try await executed { address in
            #expect(await BareModbus.write(address, 300, 1) == false)
        }
        let ours = try await executed { address in
            let bench = try BusBench(address)
            let write = Transaction(
                unit: 1,
                request: .writeRegisters(first: 300, [1]),
                timeout: BusBench.timeout
            )
            await #expect(throws: BusFault.timedOut(BusBench.timeout)) { try await bench.bus.perform(write) }
            bench.end()
        }
        #expect(bare == 1)
        #expect(ours == 0)
        BusBench.note(
            "write during packet loss | reported as failed by both | bare libmodbus: executed later \(bare) times "
                + "| modbus-mapper: executed later \(ours) times"
        )
    }
}
