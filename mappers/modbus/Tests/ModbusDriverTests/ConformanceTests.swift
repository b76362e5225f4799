// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting
import Testing

@testable import ModbusDriver

@Suite("The contract of drivers", .timeLimit(.minutes(5)))
struct ConformanceTests {
    /// Every table and every kind of value; addresses are in no order.
    private static let properties = [
        property("setpoint", .float, "HoldingRegister", 200, ["scale": 0.1], .readWrite, 5...35, desired: "21.5"),
        property("temperature", .float, "InputRegister", 100, [:], .readOnly, -10...50),
        property("heating", .boolean, "CoilRegister", 7, [:], .readWrite),
        property("alarm", .boolean, "DiscreteInputRegister", 3),
        property("hours", .int, "InputRegister", 104, ["dataType": "uint32"]),
        property("name", .string, "HoldingRegister", 210, ["limit": 8]),
        property("flag", .boolean, "HoldingRegister", 205, ["bit": 3], .readWrite),
        property("level", .int, "HoldingRegister", 205, ["bit": 8, "bitCount": 4], .readWrite, 0...15),
        property("limit", .int, "HoldingRegister", 206, ["dataType": "int16"], .readWrite, desired: "-7"),
        property("wide", .int, "HoldingRegister", 220, ["dataType": "int64", "byteOrder": "CDAB"], .readWrite),
        property("precise", .double, "HoldingRegister", 230, ["dataType": "float64"], .readWrite, desired: "0.1"),
        property("single", .double, "HoldingRegister", 236, ["dataType": "float32"], .readWrite, -100...100),
        property("low", .int, "HoldingRegister", 240, ["dataType": "uint8", "byte": "low"], .readWrite),
        property("high", .int, "HoldingRegister", 240, ["dataType": "uint8", "byte": "high"], .readWrite),
        property("key", .bytes, "HoldingRegister", 250, ["limit": 4], .readWrite),
        property("label", .string, "HoldingRegister", 260, ["limit": 8], .readWrite, desired: "main"),
        property("mode", .string, "HoldingRegister", 270, ["enumeration": ["0": "idle", "7": "busy"]], .readWrite),
        property("fixed", .int, "HoldingRegister", 272, [:], .readOnly, 0...1000),
    ]

    /// What the device has no register for.
    private static let absent = property("absent", .int, "InputRegister", 5000)

    private static func property(
        _ name: String,
        _ type: DataType,
        _ table: String,
        _ offset: Int64,
        _ more: [String: ConfigNode] = [:],
        _ access: AccessMode = .readOnly,
        _ range: ClosedRange<Int64>? = nil,
        desired: String? = nil
    ) -> Property {
        var visitor = more
        visitor["register"] = ConfigNode(.string(table))
        visitor["offset"] = ConfigNode(.int(offset))
        let limits = range.map { ValueRange(minimum: .int($0.lowerBound), maximum: .int($0.upperBound)) }
        let entries = visitor.sorted { $0.key < $1.key }.map { ConfigNode.Entry($0.key, $0.value) }
        return Make.property(
            name,
            type,
            ConfigNode(.mapping(entries)),
            access: access,
            range: limits ?? ValueRange(),
            desired: desired
        )
    }

    private static func port(in line: String) throws -> Int {
        try #require(line.split(separator: ":").last?.split(separator: " ").first.flatMap { Int($0) })
    }

    @Test("TCP: two devices behind ways of their own, one of which is lost and comes back")
    func tcp() async throws {
        let played = try (1...2).map { try Make.device("d\($0)", Make.tcp(502, unit: $0), Self.properties) }
        try await withSimulator(of: played) { lines in
            let relays = try (1...2).map { _ in try HoldingRelay(to: try Self.port(in: lines[0])) }
            defer { relays.forEach { $0.stop() } }
            let devices = try (1...2).map { unit in
                guard case .tcp(_, let port) = relays[unit - 1].address else { throw CancellationError() }
                let config = Make.tcp(port, unit: unit, timeout: 2000)
                return Make.instance("unit-\(unit)", config, Self.properties + [Self.absent])
            }
            var options = ConformanceOptions()
            options.stepTime = .seconds(20)
            options.takeAway = { _ in relays[0].hold(true) }
            options.bringBack = { _ in relays[0].hold(false) }
            let report = try await DriverConformance.run(
                ModbusDriver(),
                profile: DeviceProfile(devices: devices),
                options: options
            )
            #expect(report.breaches.isEmpty, "\(report)")
            // It pushes nothing.
            #expect(report.untried == [.pushes], "\(report)")
        }
    }

    @Test("TCP: two units with a hundred registers that each tell their place")
    func places() async throws {
        let tables = ["HoldingRegister", "InputRegister", "CoilRegister", "DiscreteInputRegister"]
        let properties = (0..<100).map { number in
            // A step that is prime to their number, so that neighbours in the profile are none in the device.
            let offset = Int64(number * 37 % 100 * 3)
            let table = tables[number % 4]
            let type: DataType = number % 4 < 2 ? .int : .boolean
            return Self.property("p\(number)", type, table, offset)
        }
        let units = [3, 5]
        let played = try units.map { try Make.device("d\($0)", Make.tcp(502, unit: $0), properties) }
        let identifying = SimulationOptions(port: 0, identifiesPlaces: true)
        try await withSimulator(of: played, with: identifying) { lines in
            let port = try Self.port(in: lines[0])
            var options = ConformanceOptions()
            options.stepTime = .seconds(20)
            options.reopenings = 10
            let devices = units.map { Make.instance("unit-\($0)", Make.tcp(port, unit: $0), properties) }
            let report = try await DriverConformance.run(
                ModbusDriver(),
                profile: DeviceProfile(devices: devices),
                options: options
            )
            #expect(report.breaches.isEmpty, "\(report)")
            #expect(report[.order] == .kept)
            #expect(report[.crowd] == .kept)
        }
    }

    @Test("RTU: two units on one line")
    func line() async throws {
        @Sendable func config(_ path: String, _ unit: Int) -> ConfigNode {
            [
                "serialPort": ConfigNode(.string(path)), "slaveID": ConfigNode(.int(Int64(unit))), "baudRate": 115_200,
                "responseTimeout": 2000,
            ]
        }
        let played = try (1...2).map { try Make.device("d\($0)", config("/dev/ttyNOWHERE", $0), Self.properties) }
        try await withSimulator(of: played) { lines in
            let path = try #require(lines.first?.split(separator: " ").first { $0.hasPrefix("/dev/") }.map(String.init))
            var options = ConformanceOptions()
            options.stepTime = .seconds(20)
            options.reopenings = 10
            let devices = (1...2).map { Make.instance("unit-\($0)", config(path, $0), Self.properties + [Self.absent]) }
            let report = try await DriverConformance.run(
                ModbusDriver(),
                profile: DeviceProfile(devices: devices),
                options: options
            )
            #expect(report.breaches.isEmpty, "\(report)")
            #expect(report.untried == [.pushes, .isolation, .loss, .comesBack], "\(report)")
        }
    }
}
