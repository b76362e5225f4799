// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Synchronization
import Testing

@testable import ModbusDriver

/// Runs the simulator beside a test.
func withSimulator<Result: Sendable>(
    of devices: [ModbusDevice],
    with options: SimulationOptions = SimulationOptions(port: 0),
    _ body: @escaping @Sendable ([String]) async throws -> Result
) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
        let (lines, ready) = AsyncStream<[String]>.makeStream(bufferingPolicy: .bufferingNewest(1))
        group.addTask {
            defer { ready.finish() }
            try await ModbusDriver().simulate(devices, with: options) { ready.yield($0) }
            return nil
        }
        group.addTask {
            for await lines in lines { return try await body(lines) }
            return nil
        }
        while let result = try await group.next() {
            guard let result else { continue }
            group.cancelAll()
            try await group.waitForAll()
            return result
        }
        throw DeviceError(.driverFailure, "the simulator did not start")
    }
}

@Suite("Simulator: libmodbus's server, and the driver as its client", .timeLimit(.minutes(1)))
struct SimulatorTests {
    private static let properties = [
        Make.property(
            "temperature",
            .float,
            ["register": "InputRegister", "offset": 100],
            range: .init(minimum: .int(-10), maximum: .int(50))
        ),
        Make.property(
            "setpoint",
            .float,
            ["register": "HoldingRegister", "offset": 200, "limit": 1, "scale": 0.1],
            access: .readWrite,
            range: .init(minimum: .int(5), maximum: .int(35)),
            desired: "21.5"
        ),
        Make.property("heating", .boolean, ["register": "CoilRegister", "offset": 7], access: .readWrite),
        Make.property("hours", .int, ["register": "InputRegister", "offset": 104, "dataType": "uint32"], unit: "h"),
        Make.property("name", .string, ["register": "HoldingRegister", "offset": 210, "limit": 8]),
        Make.property("alarm", .boolean, ["register": "DiscreteInputRegister", "offset": 3]),
        Make.property(
            "flag",
            .boolean,
            ["register": "HoldingRegister", "offset": 205, "bit": 3],
            access: .readWrite
        ),
    ]

    /// What every simulated device has to do, whatever the transport.
    private func exercise(_ device: ModbusDevice, with driver: ModbusDriver = ModbusDriver()) async throws {
        let session = try await driver.open(device)
        let values = try await session.read(device.visitors).map { try $0.get().value }
        let temperature = try #require(values[0].number)
        #expect((-10.0...50.0).contains(temperature))
        #expect(try driver.transform(for: device.visitors[1].config).value(ofRaw: values[1]) == .double(21.5))
        #expect(values[2] == .boolean(false))
        #expect(values[4] == .string("name"))
        try await session.write(.int(190), to: device.visitors[1])
        try await session.write(.boolean(true), to: device.visitors[2])
        try await session.write(.boolean(true), to: device.visitors[6])
        let after = try await session.read(device.visitors).map { try $0.get().value }
        #expect(after[1] == .int(190))
        #expect(after[2] == .boolean(true))
        #expect(after[6] == .boolean(true))
        await session.close()
    }

    @Test("Asked to identify places, registers tell unit and address, bits the parity of that, and nothing moves")
    func identity() async throws {
        let places =
            Make.words(at: [0, 7, 300]) + [Make.property("c", .boolean, ["register": "CoilRegister", "offset": 9])]
        let device = try Make.device("d", Make.tcp(502, unit: 17), places)
        let options = SimulationOptions(port: 0, identifiesPlaces: true)
        try await withSimulator(of: [device], with: options) { lines in
            let port = try #require(Int(lines[0].split(separator: ":")[2].prefix { $0.isNumber }))
            let session = try await ModbusDriver().open(try Make.device("c", Make.tcp(port, unit: 17), places))
            let values = try await session.read(device.visitors).map { try $0.get().value }
            // 17 × 4096 is one time 4096 too much for 16 bits; 4105 has three ones.
            #expect(values == [.int(4096), .int(4103), .int(4396), .boolean(true)])
            await session.close()
        }
    }

    @Test("TCP: values within limits, writes stay, several units behind one port")
    func tcp() async throws {
        let devices = try (1...2).map { try Make.device("d\($0)", Make.tcp(502, unit: $0), Self.properties) }
        try await withSimulator(of: devices) { lines in
            #expect(lines.count == 2)
            let port = try #require(
                lines.first?.split(separator: ":").last?.split(separator: " ").first.flatMap { Int($0) }
            )
            #expect(lines[1] == "device d2: modbus tcp 127.0.0.1:\(port) unit 2")
            try await withThrowingTaskGroup { group in
                for unit in 1...2 {
                    group.addTask {
                        try await exercise(Make.device("c\(unit)", Make.tcp(port, unit: unit), Self.properties))
                    }
                }
                try await group.waitForAll()
            }
            let stranger = try Make.device("s", Make.tcp(port, unit: 9), Self.properties)
            let error = await #expect(throws: DeviceError.self) { try await ModbusDriver().open(stranger) }
            #expect(error?.code == .unreachable)
            let outside = try Make.device("o", Make.tcp(port, unit: 1), Make.words(at: [5000]))
            let session = try await ModbusDriver().open(outside)
            #expect(texts(await session.read(outside.visitors))[0].hasPrefix("illegal data address (exception 2)"))
            await session.close()
        }
    }

    @Test("RTU over a pair of terminals, two units on one line")
    func serial() async throws {
        @Sendable func config(_ path: String, _ unit: Int) -> ConfigNode {
            [
                "serialPort": ConfigNode(.string(path)), "slaveID": ConfigNode(.int(Int64(unit))), "baudRate": 115_200,
                "responseTimeout": 2000,
            ]
        }
        let devices = try (1...2).map { try Make.device("d\($0)", config("/dev/ttyNOWHERE", $0), Self.properties) }
        try await withSimulator(of: devices) { lines in
            let path = try #require(lines.first?.split(separator: " ").first { $0.hasPrefix("/dev/") }.map(String.init))
            // One driver after the other would find the line in use for a moment.
            let driver = ModbusDriver()
            for unit in 1...2 {
                try await exercise(Make.device("c\(unit)", config(path, unit), Self.properties), with: driver)
            }

            // A unit that is not there is silent, and the other one answers on.
            let alive = try Make.device("a", config(path, 2), Self.properties)
            let session = try await driver.open(alive)
            let dead = try Make.device("x", config(path, 77), Self.properties)
            let error = await #expect(throws: DeviceError.self) { try await driver.open(dead) }
            #expect(error?.code == .timedOut)
            #expect(await session.read(alive.visitors).allSatisfy { $0.failure == nil })

            // The same line with other settings cannot be.
            var other = alive
            other = try Make.device("o", ["serialPort": ConfigNode(.string(path)), "slaveID": 2], Self.properties)
            let conflict = await #expect(throws: DeviceError.self) { try await driver.open(other) }
            #expect(
                conflict?.message == "\(path) is in use with 115200 8N1 by another device, this one asks for 9600 8N1"
            )
            await session.close()
        }
    }

    @Test("a port in use is said")
    func portInUse() async throws {
        let server = try FaultyServer()
        let device = try Make.device(Make.tcp(502), Self.properties)
        let error = await #expect(throws: DeviceError.self) {
            try await ModbusDriver().simulate([device], with: SimulationOptions(port: server.port)) { _ in }
        }
        #expect(
            error?.message == "the simulator cannot listen on 127.0.0.1:\(server.port): Address already in use; "
                + "choose another port with --port"
        )
    }
}
