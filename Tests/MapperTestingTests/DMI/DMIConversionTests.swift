// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperDMI
import MapperKit
import MapperProfile
import SwiftProtobuf
import Testing

@testable import mapperctl

/// How Device and DeviceModel objects become messages.
struct DMIConversionTests {
    private static let version = EdgeCoreDMIVersion(DMIServerOptions.defaultVersion)

    @Test(.enabled(if: Capture.root != nil, "set MAPPERKIT_FIXTURES to compare with recordings of real EdgeCores"))
    func convertsEveryFieldAsEdgeCoreDoes() throws {
        let (device, model) = try Self.cached("input-device.json")
        var request = try DMIRegisterDeviceRequest(serializedBytes: Self.golden("03-RegisterDeviceRequest.bin"))
        request.device.makePlain()
        #expect(device.content == .message(request.device))
        let create = try DMICreateDeviceModelRequest(serializedBytes: Self.golden("02-CreateDeviceModelRequest.bin"))
        #expect(model.message == create.model)
    }

    @Test func makesNumbersSinglePrecision() throws {
        let config: ConfigNode = ["big": 16_777_217, "tenth": 0.1, "text": "a", "flag": true]
        let device = try DMIDevice(DMISample.boiler(config: config), id: DeviceID("boiler"))
        let data = device.spec.protocol.configData.data
        #expect(try data["big"].map { try Google_Protobuf_FloatValue(unpackingAny: $0).value } == 16_777_216)
        #expect(try data["tenth"].map { try Google_Protobuf_FloatValue(unpackingAny: $0).value } == 0.1 as Float)
        #expect(try data["text"].map { try Google_Protobuf_StringValue(unpackingAny: $0).value } == "a")
        #expect(try data["flag"].map { try Google_Protobuf_BoolValue(unpackingAny: $0).value } == true)
        #expect(data["big"]?.typeURL == "type.googleapis.com/google.protobuf.FloatValue")
    }

    @Test(arguments: [["a": ["b": 1]], ["a": [1]], ["a": ConfigNode(.null)], ["Data": 1]] as [ConfigNode])
    func refusesWhatEdgeCoreDrops(_ config: ConfigNode) {
        #expect(throws: DMIConversionError.self) {
            try DMIDevice(DMISample.boiler(config: config), id: DeviceID("boiler"))
        }
    }

    @Test func keepsEmptyThingsApart() throws {
        var instance = DMISample.boiler(desired: nil, config: [:])
        instance.properties[0].visitor = [:]
        let device = try DMIDevice(instance, id: DeviceID("boiler"))
        let property = try #require(device.spec.properties.first)
        #expect(property.hasDesired && property.hasVisitors && device.hasStatus)
        #expect(!property.visitors.hasConfigData && !device.spec.protocol.hasConfigData)
        #expect(property.collectCycle == 1000 && property.reportToCloud)
        instance.properties[0].collectCycle = nil
        #expect(try DMIDevice(instance, id: DeviceID("boiler")).spec.properties.first?.collectCycle == -1)
    }

    private static func golden(_ name: String) throws -> [UInt8] {
        let root = try #require(Capture.root)
        return Array(try Data(contentsOf: URL(fileURLWithPath: "\(root)/dmi/golden-v1.23.1/\(name)")))
    }

    private static func cached(_ name: String) throws -> (device: CachedDevice, model: CachedModel) {
        let loaded = try ProfileLoader().load(contents: [
            (file: name, bytes: golden(name)), (file: "model.json", bytes: golden("input-devicemodel.json")),
        ])
        let device = try #require(loaded.profile.devices.first)
        let model = try #require(loaded.profile.models.first)
        return (CachedDevice(device, version), CachedModel(model, protocolName: "vproto", version))
    }
}
