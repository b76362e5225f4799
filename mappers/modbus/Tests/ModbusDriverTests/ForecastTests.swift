// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import ModbusDriver

@Suite("Forecast")
struct ForecastTests {
    private static func device(
        _ name: String,
        unit: Int,
        _ addresses: [Int],
        cycle: Duration = .seconds(1),
        keys: [ConfigNode.Entry] = []
    ) throws -> ModbusDevice {
        let config = ConfigNode(
            .mapping(
                [
                    ConfigNode.Entry("serialPort", "/dev/ttyS9"), ConfigNode.Entry("baudRate", 9600),
                    ConfigNode.Entry("parity", "even"), ConfigNode.Entry("slaveID", ConfigNode(.int(Int64(unit)))),
                ] + keys
            )
        )
        let properties = Make.words(at: addresses).map { property in
            var property = property
            property.collectCycle = cycle
            return property
        }
        return try Make.device(name, config, properties)
    }

    @Test("sets that come due together, with their rates")
    func dueSets() {
        #expect(DueSets([]).rates.isEmpty)
        #expect(DueSets([.seconds(2), .seconds(2)]).rates == [[.seconds(2)]: 0.5])
        let rates = DueSets([.seconds(1), .seconds(3)]).rates
        #expect(rates.count == 2)
        #expect(abs((rates[[.seconds(1)]] ?? 0) - 2.0 / 3) < 1e-9)
        #expect(abs((rates[[.seconds(1), .seconds(3)]] ?? 0) - 1.0 / 3) < 1e-9)
        // 1 s and 1.5 s meet every three seconds: 3 + 2 - 1 moments.
        #expect(abs(DueSets([.seconds(1), .milliseconds(1500)]).rates.values.reduce(0, +) - 4.0 / 3) < 1e-9)
    }

    @Test("a line that suffices and one that does not, by the formula of the line")
    func load() throws {
        // One register at 9600 8E1: 15 characters and two silences, 25.2 ms; far apart, so each has its request.
        let one = try Self.device("a", unit: 1, [0, 100, 200])
        let bus = try #require(ModbusDriver().forecasts([one]).first)
        #expect(bus.devices[0].requests.map(\.count) == [1, 1, 1])
        #expect(abs(bus.load - 3 * 0.02521) < 1e-4)
        #expect(bus.overload == nil)
        let many = try (1...20).map { try Self.device("d\($0)", unit: $0, [0, 100, 200]) }
        #expect(ModbusDriver().check(many).map(\.severity) == [.warning])
        let text = try #require(ModbusDriver().forecasts(many).first?.overload)
        #expect(text.hasPrefix("/dev/ttyS9 at 9600 8E1: reading 20 devices needs 152 % of its time"))
        #expect(text.contains("shortest possible cycle is 1.52 s instead of 1 s"))
    }

    @Test("pauses take time of the line")
    func pauses() throws {
        let pause = ConfigNode.Entry("requestPause", 100)
        let device = try Self.device("a", unit: 1, [0, 100], keys: [pause])
        let load = try #require(ModbusDriver().forecasts([device]).first?.load)
        #expect(abs(load - 2 * (0.02521 + 0.1)) < 1e-3)
    }

    @Test("what was learnt is in the forecast")
    func learnt() async throws {
        let server = try FaultyServer { request in
            (request.address..<request.address + request.count).contains(2) ? .exception(2) : .normal
        }
        let device = try Make.device(Make.tcp(server.port), Make.words(at: [0, 1, 2, 3]))
        let driver = ModbusDriver()
        try await driver.learn(device)
        let forecast = try #require(driver.forecasts([device]).first?.devices.first)
        #expect(forecast.learnt == ["holding registers 2 are refused, illegal data address (exception 2)"])
    }
}
