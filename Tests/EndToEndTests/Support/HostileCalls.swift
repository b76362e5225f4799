// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation
import MapperDMI
import SwiftProtobuf

/// Makes calls on a mapper that EdgeCore should never make, with good ones among them.
struct HostileCalls {
    /// A procedure and its request.
    struct Call {
        var method: String
        var request: [UInt8]
    }

    /// How many devices of damaged names there may be; the mapper reads each of them.
    private static let mostDevices = 20

    private var random: SplitMix
    private let devices: [DMIDevice]
    private let models: [DMIDeviceModel]
    /// The devices that are there because of these calls.
    private var made: Set<[String]> = []

    init(devices: [DMIDevice], models: [DMIDeviceModel], random: SplitMix) {
        self.devices = devices
        self.models = models
        self.random = random
    }

    /// The next call.
    mutating func next() -> Call {
        if made.count >= Self.mostDevices, let name = made.randomElement(using: &random) {
            made.remove(name)
            return removal(name)
        }
        switch Int.random(in: 0..<10, using: &random) {
        case 0: return Call(method: anyMethod(), request: noise())
        case 1: return removal(["no-such-device", "default"])
        case 2...4: return modelCall()
        default: return deviceCall()
        }
    }

    private mutating func deviceCall() -> Call {
        var device = devices.randomElement(using: &random) ?? DMIDevice()
        if Bool.random(using: &random) { twist(&device) }
        let message = DMIRegisterDeviceRequest.with { $0.device = device }
        let request = sometimesDamaged(encoded(message))
        // What cannot be decoded here cannot be decoded there, and makes no device.
        if let device = try? DMIRegisterDeviceRequest(serializedBytes: request).device {
            guard Self.isLocal(device) else { return deviceCall() }
            if !devices.contains(where: { $0.name == device.name && $0.namespace == device.namespace }) {
                made.insert([device.name, device.namespace])
            }
        }
        return Call(method: Bool.random(using: &random) ? "RegisterDevice" : "UpdateDevice", request: request)
    }

    private mutating func modelCall() -> Call {
        var model = models.randomElement(using: &random) ?? DMIDeviceModel()
        if Bool.random(using: &random) { twist(&model) }
        let request = sometimesDamaged(encoded(DMICreateDeviceModelRequest.with { $0.model = model }))
        let methods = ["CreateDeviceModel", "UpdateDeviceModel"]
        return Call(method: methods.randomElement(using: &random) ?? "", request: request)
    }

    private func removal(_ name: [String]) -> Call {
        let message = DMIRemoveDeviceRequest.with {
            $0.deviceName = name[0]
            $0.deviceNamespace = name[1]
        }
        return Call(method: "RemoveDevice", request: encoded(message))
    }

    private mutating func anyMethod() -> String {
        let methods = ["RegisterDevice", "RemoveDevice", "UpdateDevice", "GetDevice", "RemoveDeviceModel", "Explode"]
        return methods.randomElement(using: &random) ?? ""
    }

    /// Nobody but this machine is to be asked for anything.
    private static func isLocal(_ device: DMIDevice) -> Bool {
        device.spec.protocol.configData.data.allSatisfy { key, value in
            guard key.lowercased() == "ip" else { return true }
            return (try? Google_Protobuf_StringValue(unpackingAny: value).value) == "127.0.0.1"
        }
    }

    private func encoded(_ message: some SwiftProtobuf.Message) -> [UInt8] {
        (try? message.serializedBytes()) ?? []
    }

    // MARK: Damage

    private mutating func noise() -> [UInt8] {
        (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    /// A quarter stays as it is.
    private mutating func sometimesDamaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        guard Int.random(in: 0..<4, using: &random) > 0 else { return bytes }
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 1...30, using: &random))
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            default: bytes.removeSubrange(place..<end)
            }
        }
        return bytes
    }

    private mutating func twist(_ device: inout DMIDevice) {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: device.spec.deviceModelReference = text()
        case 1: device.clearSpec()
        case 2: device.spec.properties += device.spec.properties
        case 3: device.spec.protocol.configData.data[text()] = value()
        case 4: device.name = text()
        default: device.spec.protocol.configData.data["slaveID"] = value()
        }
        for index in device.spec.properties.indices {
            switch Int.random(in: 0..<8, using: &random) {
            case 0: device.spec.properties[index].collectCycle = number()
            case 1: device.spec.properties[index].reportCycle = number()
            case 2: device.spec.properties[index].desired.value = text()
            case 3: device.spec.properties[index].visitors.configData.data["offset"] = value()
            case 4: device.spec.properties[index].visitors.configData.data[text()] = value()
            case 5: device.spec.properties[index].name = text()
            default: break
            }
        }
    }

    private mutating func twist(_ model: inout DMIDeviceModel) {
        for index in model.spec.properties.indices {
            switch Int.random(in: 0..<8, using: &random) {
            case 0: model.spec.properties[index].type = text()
            case 1: model.spec.properties[index].accessMode = text()
            case 2: model.spec.properties[index].minimum = text()
            case 3: model.spec.properties[index].maximum = text()
            case 4: model.spec.properties[index].name = text()
            default: break
            }
        }
    }

    private mutating func text() -> String {
        let texts = [
            "", " ", "é", "\u{0}", "a/b", "nan", "-inf", "1e400", "99999999999999999999", "true", "offset", "port",
            String(repeating: "x", count: 2000), "{\"a\":[", "two words", "+", "#", "../..", "-5", "20.5",
        ]
        return texts.randomElement(using: &random) ?? ""
    }

    private mutating func number() -> Int64 {
        [0, -1, 1, 10, .max, .min, 999_999_999, 1_000_000_000].randomElement(using: &random) ?? 0
    }

    private mutating func value() -> Google_Protobuf_Any {
        let floats: [Float] = [.nan, .infinity, -1, 0.5, 65_536, 1e30, 247, 3]
        let float = Google_Protobuf_FloatValue(floats.randomElement(using: &random) ?? 0)
        let string = Google_Protobuf_StringValue(text())
        let packed = Bool.random(using: &random) ? try? Google_Protobuf_Any(message: float) : nil
        var any = packed ?? (try? Google_Protobuf_Any(message: string)) ?? Google_Protobuf_Any()
        if Int.random(in: 0..<4, using: &random) == 0 { any.value = Data(noise()) }
        return any
    }
}
