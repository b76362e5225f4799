// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit

/// A profile of scripted devices, as files and as a value.
enum ScriptedProfile {
    /// A device with a whole number, a number and a truth value that can be set.
    static func device(_ name: String = "boiler", address: String = "here") -> DeviceInstance {
        DeviceInstance(
            id: DeviceID(name),
            modelName: "boiler",
            protocolName: "scripted",
            protocolConfig: ["address": .init(stringLiteral: address)],
            properties: [
                property("count", .int, .readOnly), property("setpoint", .float, .readWrite),
                property("heating", .boolean, .readWrite), property("name", .string, .readOnly),
            ]
        )
    }

    static func property(_ name: String, _ type: DataType, _ access: AccessMode) -> Property {
        Property(
            model: DeviceModel.Property(name: name, dataType: type, accessMode: access),
            visitor: [:],
            collectCycle: .milliseconds(50),
            reportCycle: .milliseconds(1)
        )
    }

    /// Writes the objects of a device and its model to a file.
    /// - Parameter visitor: What stands in its visitor.
    static func write(visitor: String = "scale: 0.1", protocolName: String = "scripted") throws -> String {
        let text = """
            apiVersion: devices.kubeedge.io/v1beta1
            kind: DeviceModel
            metadata:
              name: boiler
            spec:
              protocol: \(protocolName)
              properties:
                - name: temperature
                  type: FLOAT
                  accessMode: ReadWrite
            ---
            apiVersion: devices.kubeedge.io/v1beta1
            kind: Device
            metadata:
              name: boiler
            spec:
              deviceModelRef:
                name: boiler
              nodeName: edge
              protocol:
                protocolName: \(protocolName)
                configData:
                  address: here
              properties:
                - name: temperature
                  collectCycle: 50
                  reportCycle: 10
                  reportToCloud: true
                  visitors:
                    protocolName: \(protocolName)
                    configData:
                      \(visitor)
            """
        let path = NSTemporaryDirectory() + "profile-\(UInt64.random(in: .min ... .max)).yaml"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }
}
