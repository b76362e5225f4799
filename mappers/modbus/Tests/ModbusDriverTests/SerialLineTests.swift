// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import MapperKit
import Testing

@testable import ModbusDriver

@Suite("Serial devices", .timeLimit(.minutes(2)))
struct SerialLineTests {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "modbus-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder + "/locks", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: folder + "/by-id", withIntermediateDirectories: true)
    }

    private var ports: SerialPorts { SerialPorts(identities: folder + "/by-id", locks: [folder + "/locks"]) }

    private func link(_ path: String, to device: FaultyDevice?) throws {
        try? FileManager.default.removeItem(atPath: path)
        if let device { try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: device.path) }
    }

    private func fault(_ bench: BusBench) async -> BusFault? {
        do {
            _ = try await bench.bus.perform(BusBench.read(1, 5))
            return nil
        } catch {
            return error
        }
    }

    /// Waits for the device to have let go of its terminal.
    private func gone(_ device: FaultyDevice) async throws {
        device.stop()
        while access(device.path, F_OK) == 0 { try await Task.sleep(for: .milliseconds(10)) }
    }

    @Test("a device that vanishes and returns under its path is found again")
    func returning() async throws {
        let path = folder + "/meter"
        let first = try FaultyDevice(.line)
        try link(path, to: first)
        let line = SerialLine(path: path, settings: FaultyDevice.settings)
        let bench = try BusBench(.serial(line), ports: ports)
        #expect(await bench.readMany(3).lost == 0)
        first.stop()
        try link(path, to: nil)
        while await fault(bench) == nil { try await Task.sleep(for: .milliseconds(10)) }
        guard case .unreachable? = await fault(bench) else {
            Issue.record("a device that is gone should not be reachable")
            return
        }
        let second = try FaultyDevice(.line)
        defer { second.stop() }
        try link(path, to: second)
        let tally = await untilGood(bench)
        #expect(tally.wrong == 0)
        bench.end()
    }

    /// Reads with pauses until the bus has come back.
    private func untilGood(_ bench: BusBench) async -> BusBench.Tally {
        while await fault(bench) != nil { try? await Task.sleep(for: .milliseconds(50)) }
        return await bench.readMany(3)
    }

    @Test("an adapter that comes back under another number is found by what it is, and no other is taken for it")
    func identity() async throws {
        let first = try FaultyDevice(.line)
        try link(folder + "/by-id/meter", to: first)
        var identity = SerialIdentity(directory: folder + "/by-id")
        #expect(try identity.path(for: first.path) == first.path)
        identity.remember(first.path)
        let second = try FaultyDevice(.line)
        defer { second.stop() }
        try link(folder + "/by-id/meter", to: second)
        #expect(try identity.path(for: first.path) == second.path)
        try link(folder + "/by-id/meter", to: nil)
        #expect(try identity.path(for: first.path) == first.path)
        try link(folder + "/by-id/other", to: first)
        let fault = #expect(throws: BusFault.self) { try identity.path(for: first.path) }
        #expect(
            "\(String(describing: fault))".contains("it is another adapter now (other) than the one before (meter)")
        )
        first.stop()
    }

    @Test("a bus goes on with the adapter under its new number")
    func renumbered() async throws {
        let first = try FaultyDevice(.line)
        try link(folder + "/by-id/meter", to: first)
        let bench = try BusBench(first.address, ports: ports)
        #expect(await bench.readMany(3).lost == 0)
        // Before the first is gone, so that it does not get the same number.
        let second = try FaultyDevice(.line)
        defer { second.stop() }
        first.stop()
        try link(folder + "/by-id/meter", to: nil)
        while await fault(bench) == nil { try await Task.sleep(for: .milliseconds(10)) }
        try link(folder + "/by-id/meter", to: second)
        let tally = await untilGood(bench)
        #expect(tally.wrong == 0)
        #expect(!second.requests.isEmpty)
        bench.end()
    }

    @Test("a device is opened once, whatever its name")
    func exclusive() async throws {
        let device = try FaultyDevice(.line)
        defer { device.stop() }
        let bench = try BusBench(device.address, ports: ports)
        #expect(await fault(bench) == nil)
        try link(folder + "/alias", to: device)
        let line = SerialLine(path: folder + "/alias", settings: FaultyDevice.settings)
        let other = try BusBench(.serial(line), ports: SerialPorts(identities: "/nonexistent", locks: []))
        #expect(
            await fault(other)
                == .unreachable("it is in use already, by another program or under another name of the same device")
        )
        #expect(await fault(bench) == nil)
        bench.end()
        other.end()
    }

    @Test(
        "the lock file is there while the device is open; one of a dead process is taken over, a live one is respected"
    )
    func lockFile() async throws {
        let device = try FaultyDevice(.line)
        defer { device.stop() }
        let name = "LCK.." + device.path.dropFirst(5).replacingOccurrences(of: "/", with: "_")
        let file = "\(folder)/locks/\(name)"
        // Numbers of processes end below this one.
        try "   4194305\n".write(toFile: file, atomically: true, encoding: .utf8)
        let bench = try BusBench(device.address, ports: ports)
        #expect(await fault(bench) == nil)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text == String(repeating: " ", count: 10 - "\(getpid())".count) + "\(getpid())\n")
        let bus = bench.bus
        bench.end()
        await offPool { _ = bus.waitForEnd() }
        #expect(!FileManager.default.fileExists(atPath: file))
        try "         1\n".write(toFile: file, atomically: true, encoding: .utf8)
        let second = try BusBench(device.address, ports: ports)
        #expect(await fault(second) == .unreachable("process 1 uses it (\(file))"))
        second.end()
    }

    @Test("no device, no terminal")
    func missing() async throws {
        for (path, reason) in [("/nonexistent/tty", "No such file or directory"), ("/dev/null", "")] {
            let line = SerialLine(path: path, settings: FaultyDevice.settings)
            let bench = try BusBench(.serial(line), ports: ports)
            guard case .unreachable(let text)? = await fault(bench) else {
                Issue.record("\(path) should not be reachable")
                continue
            }
            #expect(text.hasPrefix(reason))
            bench.end()
        }
    }

    @Test("two spellings of one host share a bus, a name and a number do not; settings that differ are said")
    func spellings() throws {
        let spellings = ["Gateway.example", "gateway.example.", "::1", "0:0:0:0:0:0:0:1", "localhost", "127.0.0.1"]
        let keys = spellings.map { BusAddress.tcp(host: $0, port: 502).key }
        #expect(keys[0] == keys[1])
        #expect(keys[2] == keys[3])
        #expect(Set(keys).count == 4)
        let settings = FaultyDevice.settings
        let rtu = BusAddress.rtuOverTCP(host: "GATEWAY.example", port: 502, settings: settings)
        #expect(rtu.key == keys[0])
        #expect(!rtu.isCompatible(with: .tcp(host: "gateway.example", port: 502)))
        #expect(rtu.isCompatible(with: .rtuOverTCP(host: "gateway.example", port: 502, settings: settings)))
    }
}
