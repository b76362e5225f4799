// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import SwiftProtobuf

@testable import MapperDMI

/// Damages messages: their bytes, or their fields in ways that still decode.
struct Mutation {
    private var random: SystemRandomNumberGenerator = SystemRandomNumberGenerator()

    /// Some damage to bytes; often none of the message is left.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 1: bytes[place] = UInt8.random(in: .min ... .max, using: &random)
            case 2: bytes.removeSubrange(place...)
            case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
            default: bytes.removeSubrange(place..<min(bytes.count, place + 9))
            }
        }
        return bytes
    }

    /// A device with fields as nobody should write them.
    mutating func twisted(_ device: DMIDevice) -> DMIDevice {
        var device = device
        switch Int.random(in: 0..<9, using: &random) {
        case 0: device.name = text()
        case 1: device.namespace = text()
        case 2: device.spec.deviceModelReference = text()
        case 3: device.clearSpec()
        case 4: device.clearStatus()
        case 5: device.status.reportCycle = number()
        case 6: device.spec.protocol.configData.data[text()] = any()
        case 7: device.spec.methods = [.with { $0.propertyNames = [text(), text()] }]
        default: device.spec.properties.append(contentsOf: device.spec.properties)
        }
        for index in device.spec.properties.indices { twist(&device.spec.properties[index]) }
        return device
    }

    /// A model with fields as nobody should write them.
    mutating func twisted(_ model: DMIDeviceModel) -> DMIDeviceModel {
        var model = model
        for index in model.spec.properties.indices {
            switch Int.random(in: 0..<7, using: &random) {
            case 0: model.spec.properties[index].type = text()
            case 1: model.spec.properties[index].accessMode = text()
            case 2: model.spec.properties[index].minimum = text()
            case 3: model.spec.properties[index].name = text()
            case 4: model.spec.properties[index].maximum = text()
            default: break
            }
        }
        if Bool.random(using: &random) { model.spec.properties.shuffle(using: &random) }
        return model
    }

    private mutating func twist(_ property: inout DMIDeviceProperty) {
        switch Int.random(in: 0..<10, using: &random) {
        case 0: property.collectCycle = number()
        case 1: property.name = text()
        case 2: property.clearVisitors()
        case 3: property.clearDesired()
        case 4: property.desired.value = text()
        case 5: property.visitors.configData.data[text()] = any()
        case 6: property.reportToCloud.toggle()
        case 7: property.visitors.clearConfigData()
        default: break
        }
    }

    private mutating func number() -> Int64 {
        [0, -1, 1, .max, .min, 999_999_999, 1_000_000_000, 9_223_372_036].randomElement(using: &random) ?? 0
    }

    private mutating func text() -> String {
        let texts = [
            "", " ", "d1", "temp", "é", "\u{0}", "a/b", String(repeating: "x", count: 700), "true", "1e400", "-0",
            "nan",
            "{\"a\":[", "[[[[[[[[", "🐟",
        ]
        return texts.randomElement(using: &random) ?? ""
    }

    private mutating func any() -> Google_Protobuf_Any {
        let kinds = ["Float", "Int64", "UInt64", "Double", "String", "Bool", "Bytes"].map { "\($0)Value" }
        var value = Google_Protobuf_Any()
        let kind = (kinds + ["Struct", "Value", "ListValue", "Timestamp", ""]).randomElement(using: &random) ?? ""
        value.typeURL = "type.googleapis.com/google.protobuf.\(kind)"
        value.value = Data((0..<Int.random(in: 0...12, using: &random)).map { _ in UInt8.random(in: .min ... .max) })
        return value
    }
}
