// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperCommand
import MapperKit
import MapperProfile
import Testing

@testable import BluetoothDriver

@Suite("Devices that are found by listening")
struct DiscoveryTests {
    private func peripheral(
        _ address: BluetoothAddress,
        kind: BluetoothAddress.Kind = .random,
        isConnectable: Bool = false,
        _ data: AdvertisementData
    ) throws -> ScannedPeripheral {
        var survey = AirSurvey()
        survey.hear(
            Advertisement(
                address: address,
                kind: kind,
                rssi: -60,
                isConnectable: isConnectable,
                isScanResponse: false,
                isTruncated: false,
                data: data,
                uptime: .zero
            )
        )
        return try #require(survey.peripherals.first)
    }

    /// What a profile with a device says of it.
    private func bound(
        _ device: DiscoveredDevice
    ) throws -> (Device<BluetoothConnection, BluetoothVisitor>, [Diagnostic]) {
        let file = FileManager.default.temporaryDirectory.appending(path: "found-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try DiscoveredObjects(device, protocolName: "bluetooth").yaml.write(to: file, atomically: true, encoding: .utf8)
        let examined = ProfileLoader().examine([file.path])
        let (devices, findings) = DriverBinding(BluetoothDriver()).bind(examined.profile)
        return (try #require(devices.first, "\(examined.diagnostics + findings)"), examined.diagnostics + findings)
    }

    @Test("a beacon is listened to, and what it tells are properties of their types")
    func beacon() throws {
        var data = AdvertisementData(service: 0xFCD2, "40 00 07 01 5d 02 66 08 2d 01")
        data.localName = "Küche 1"
        let found = try #require(try peripheral(SimulatorMake.address(1), data).discovered(by: "hci1"))
        #expect(found.name == "k-che-1-f0-02-03-04-05-01")
        #expect(found.summary.contains("'Küche 1'") && found.summary.contains("-60 dBm"))
        #expect(found.summary.contains("battery 93 %, temperature 21.5 °C, window true"))
        let (device, diagnostics) = try bound(found)
        #expect(diagnostics == [])
        #expect(device.config.mode == .advertisement)
        #expect(device.config.adapter == "hci1")
        #expect(device.config.macAddress == (try SimulatorMake.address(1)))
        let models = device.instance.properties.map(\.model)
        #expect(models.map(\.name) == ["battery", "temperature", "window", "rssi"])
        #expect(models.map(\.dataType) == [.double, .double, .boolean, .int])
        #expect(models.map(\.unit) == ["%", "°C", nil, "dBm"])
        #expect(device.visitors.map(\.config.field) == ["battery", "temperature", "window", nil])
        #expect(device.visitors.last?.config.source == .rssi)
    }

    @Test("a device that takes connections has no properties before it is asked; the profile is valid all the same")
    func connectable() throws {
        var data = AdvertisementData()
        data.serviceUUIDs = [BluetoothUUID(0x180F)]
        let found = try #require(
            try peripheral(SimulatorMake.address(2), kind: .public, isConnectable: true, data).discovered(by: "hci0")
        )
        #expect(found.name == "bluetooth-f0-02-03-04-05-02")
        #expect(found.summary == "Bluetooth: takes connections, -60 dBm, 180f Battery")
        let (device, diagnostics) = try bound(found)
        #expect(diagnostics.filter { $0.severity == .error } == [])
        #expect(device.config.mode == .connection)
        #expect(device.config.addressType == .public)
        #expect(device.visitors.isEmpty)
    }

    @Test("a device whose address changes is known by its name, and left out without one")
    func changing() throws {
        let address = try #require(BluetoothAddress("4A:00:00:00:00:01"))
        #expect(try peripheral(address, AdvertisementData()).discovered(by: "hci0") == nil)
        var data = AdvertisementData(service: 0xFCD2, "40 02 66 08")
        data.localName = "roamer"
        let found = try #require(try peripheral(address, data).discovered(by: "hci0"))
        #expect(found.name == "roamer")
        let (device, diagnostics) = try bound(found)
        #expect(diagnostics == [])
        #expect(device.config.name == "roamer")
        #expect(device.config.macAddress == nil)
    }

    @Test("an encrypted beacon has the properties that anybody can read, and says why no others")
    func encrypted() throws {
        let data = AdvertisementData(service: 0xFCD2, "41 a4 72 66 c9 5f 73 00 11 22 33 78 23 72 14")
        let found = try #require(try peripheral(SimulatorMake.address(3), data).discovered(by: "hci0"))
        #expect(found.summary.contains("encrypted (bthome)"))
        #expect(found.properties.map(\.model.name) == ["rssi"])
        #expect(try bound(found).1 == [])
    }
}
