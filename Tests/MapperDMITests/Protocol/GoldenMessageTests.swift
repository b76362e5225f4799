// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import SwiftProtobuf
import Testing

@testable import MapperDMI

/// What EdgeCore v1.23.1 sent, byte for byte, beside the same as JSON.
@Suite("Golden messages", .enabled(if: Fixtures.areHere, "MAPPERKIT_FIXTURES is not set"))
struct GoldenMessageTests {
    private static let folder = "dmi/golden-v1.23.1"

    @Test(arguments: ["01-MapperRegisterResponse", "08-MapperRegisterResponse-minimal-two-devices"])
    func registerResponse(_ name: String) throws { try check(DMIMapperRegisterResponse.self, name) }

    @Test func createDeviceModel() throws { try check(DMICreateDeviceModelRequest.self, "02-CreateDeviceModelRequest") }

    @Test func registerDevice() throws { try check(DMIRegisterDeviceRequest.self, "03-RegisterDeviceRequest") }

    @Test func updateDevice() throws { try check(DMIUpdateDeviceRequest.self, "04-UpdateDeviceRequest") }

    @Test func updateDeviceModel() throws { try check(DMIUpdateDeviceModelRequest.self, "05-UpdateDeviceModelRequest") }

    @Test func removeDevice() throws { try check(DMIRemoveDeviceRequest.self, "06-RemoveDeviceRequest") }

    @Test func removeDeviceModel() throws { try check(DMIRemoveDeviceModelRequest.self, "07-RemoveDeviceModelRequest") }

    /// The bytes give the message that the JSON gives, all of them are known, and they come out again.
    private func check<Golden: Message & Equatable>(_ type: Golden.Type, _ name: String) throws {
        let bytes = try Fixtures.data("\(Self.folder)/\(name).bin")
        let message = try Golden(serializedBytes: bytes)
        let json = try JSONSerialization.jsonObject(with: Fixtures.data("\(Self.folder)/\(name).json"))
        let ours = try JSONSerialization.jsonObject(with: message.jsonUTF8Data(options: Self.protoNames))
        #expect(ours as? NSDictionary == json as? NSDictionary)
        let again: Data = try message.serializedBytes()
        // The entries of maps come in any order, so the bytes need not.
        #expect(again.count == bytes.count)
        #expect(try Golden(serializedBytes: again) == message)
    }

    private static var protoNames: JSONEncodingOptions {
        var options = JSONEncodingOptions()
        options.preserveProtoFieldNames = true
        return options
    }
}
