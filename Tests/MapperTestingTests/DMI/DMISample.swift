// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MapperDMI
import MapperKit

/// Devices and requests to test with.
enum DMISample {
    static let model = DeviceModel(
        id: DeviceID("boiler-model", namespace: "default"),
        properties: [setpoint]
    )

    static let setpoint = DeviceModel.Property(
        name: "setpoint",
        dataType: .int,
        accessMode: .readWrite,
        range: ValueRange(minimum: .int(0), maximum: .int(100))
    )

    static func boiler(
        _ name: String = "boiler",
        desired: String? = "20",
        config: ConfigNode = ["port": 502]
    ) -> DeviceInstance {
        DeviceInstance(
            id: DeviceID(name, namespace: "default"),
            modelName: "boiler-model",
            protocolName: "scripted",
            protocolConfig: config,
            properties: [Property(model: setpoint, visitor: ["offset": 1], desired: desired)]
        )
    }

    static func profile(_ devices: DeviceInstance...) -> DeviceProfile {
        DeviceProfile(models: [model], devices: devices)
    }

    static func register(
        _ address: String = "/run/mapper.sock",
        name: String = "mapper",
        protocolName: String = "scripted",
        withData: Bool = true
    ) -> DMIMapperRegisterRequest {
        var request = DMIMapperRegisterRequest()
        request.withData = withData
        request.mapper.name = name
        request.mapper.protocol = protocolName
        request.mapper.address = Data(address.utf8)
        return request
    }

    static func report(_ value: String, device: String = "boiler") -> DMIReportDeviceStatusRequest {
        var twin = DMITwin()
        twin.propertyName = "setpoint"
        twin.observedDesired = DMITwinProperty()
        twin.reported.value = value
        var request = DMIReportDeviceStatusRequest()
        request.deviceName = device
        request.deviceNamespace = "default"
        request.reportedDevice.twins = [twin]
        return request
    }
}
