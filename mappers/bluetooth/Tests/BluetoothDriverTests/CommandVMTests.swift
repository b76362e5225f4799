// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import BluetoothDriver

/// Runs the program itself beside simulated peripherals, behind the kernel; run by `mappers/bluetooth/Tests/VM/vm`.
extension SimulatorVMTests {
    @Suite("commands", .timeLimit(.minutes(2)))
    struct Commands {
        private static let program = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "bluetooth-mapper")

        /// Runs it to its end, and shows what it has said.
        private static func run(_ arguments: String...) async throws -> (output: String, status: Int32) {
            let process = Process()
            (process.executableURL, process.arguments) = (program, arguments)
            let pipe = Pipe()
            (process.standardOutput, process.standardError) = (pipe, pipe)
            try process.run()
            let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            process.waitUntilExit()
            let line = arguments.joined(separator: " ")
            print("$ bluetooth-mapper \(line)\n\(output)[exit \(process.terminationStatus)]")
            return (output, process.terminationStatus)
        }

        private static func beacon() throws -> SimulatedPeripheral {
            var beacon = SimulatedPeripheral(try SimulatorMake.address(9), name: "beacon")
            beacon.advertisingData += [0x07, 0x16, 0xD2, 0xFC, 0x40, 0x02, 0x66, 0x08]
            beacon.rssi = -80
            return beacon
        }

        @Test("a scan finds a name and a beacon")
        func scan() async throws {
            let kernel = try SimulatorKernel(around: [try SimulatorMake.peripheral(), try Self.beacon()])
            let adapter = "hci\(kernel.index)"
            let (output, status) = try await Self.run("scan", "--adapter", adapter, "--seconds", "8")
            #expect(status == 0)
            #expect(output.contains("F0:02:03:04:05:01  random static  sensor 1  -60"))
            #expect(output.contains("temperature 21.5 °C"))
            #expect(output.contains("2 peripherals in reach of \(adapter)"))
            let json = try await Self.run("scan", "--adapter", adapter, "--seconds", "4", "--json")
            #expect(json.output.contains(#""fields":{"temperature":21.5}"#))
        }

        @Test("nobody in reach, and no adapter, are told apart")
        func nobody() async throws {
            let kernel = try SimulatorKernel(around: [])
            #expect(try await Self.run("scan", "--adapter", "hci\(kernel.index)", "--seconds", "2").status == 1)
            #expect(try await Self.run("scan", "--adapter", "hci77", "--seconds", "2").status == 69)
        }

        @Test("an exploration lists everything, writes nothing, and its profile is accepted")
        func explore() async throws {
            let kernel = try SimulatorKernel(around: [try SimulatorMake.peripheral()])
            let file = FileManager.default.temporaryDirectory.appending(path: "explored-\(getpid()).yaml").path
            defer { try? FileManager.default.removeItem(atPath: file) }
            let address = try "\(SimulatorMake.address())"
            let (output, status) = try await Self.run("explore", address)
            #expect(status == 0)
            #expect(output.contains("2a19 Battery Level") && output.contains("57 = 87 %"))
            #expect(output.contains("name: \"battery-level\"  # was 87 %"))
            #expect(try await Self.run("explore", address, "--type", "random", "--write", file).status == 0)
            #expect(try await Self.run("validate", "--strict", file).status == 0)
            let values = SimulatorMake.services.flatMap(\.characteristics).map(\.value)
            let table = try #require(kernel.simulator.peripherals.first).table
            #expect(SimulatorMake.services.flatMap(\.characteristics).map { table.value(of: $0.uuid) ?? [] } == values)
        }

        @Test("what wants an encrypted link is said, and read with --pair")
        func pairing() async throws {
            var peripheral = try SimulatorMake.peripheral()
            peripheral.pairing = .justWorks
            peripheral.table = AttributeTable(SimulatorMake.services(protecting: SimulatorMake.setPoint))
            let kernel = try SimulatorKernel(around: [peripheral])
            let arguments = ["\(peripheral.address)", "--type", "random", "--json"]
            let closed = try await Self.run("explore", arguments[0], arguments[1], arguments[2], "--json")
            #expect(closed.output.contains("insufficient encryption"))
            let open = try await Self.run("explore", arguments[0], arguments[1], arguments[2], "--pair")
            #expect(open.output.contains("0102 = 5.13 degree Celsius"))
            #expect(kernel.simulator.peripherals.first?.longTermKey != nil)
        }

        @Test("who is absent is told after the time it takes, and the doctor finds the adapter")
        func absent() async throws {
            var peripheral = try SimulatorMake.peripheral()
            peripheral.isPresent = false
            let kernel = try SimulatorKernel(around: [peripheral])
            let (output, status) = try await Self.run("explore", "\(peripheral.address)", "--type", "random")
            #expect(status == 69)
            #expect(output.contains("nothing within 10.0 seconds"))
            let doctor = try await Self.run("doctor")
            #expect(doctor.status == 0)
            #expect(doctor.output.contains("ok: hci\(kernel.index) (\(kernel.adapter), Bluetooth 4.2) is on"))
            _ = try await Self.run("doctor", "--json")
        }
    }
}
