// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import BluetoothDriver

/// Is a packet that a bundled device's sources show, and the values they give for it.
struct ModelSample: Sendable, CustomTestStringConvertible {
    /// Where the bytes come from.
    enum Origin: Sendable {
        case characteristic(String)
        case serviceData(UInt16)
        case manufacturerData(UInt16)
    }

    var folder: String
    var device: String
    var origin: Origin
    var hexadecimal: String
    var values: [(property: String, text: String)]
    var isInReadme = true

    var testDescription: String { "\(device): \(hexadecimal)" }

    /// What the driver makes of the bytes before the visitor's `scale` and the like.
    func raw(
        of visitor: PropertyVisitor<BluetoothVisitor>,
        _ device: Device<BluetoothConnection, BluetoothVisitor>
    ) throws -> PropertyValue {
        var data = AdvertisementData()
        switch origin {
        case .characteristic(let uuid):
            let place = try #require(visitor.config.place)
            #expect(place.characteristic == BluetoothUUID(uuid))
            return try ValueCodec(of: visitor.config, for: visitor.property.model).value(of: beaconBytes(hexadecimal))
        case .serviceData(let service): data.serviceData[BluetoothUUID(service)] = beaconBytes(hexadecimal)
        case .manufacturerData(let company): data.manufacturerData[company] = beaconBytes(hexadecimal)
        }
        #expect(device.config.mode == .advertisement)
        var decoder = BeaconDecoder(address: try #require(device.config.macAddress), key: device.config.bindKey)
        let field = try #require(visitor.config.field)
        return try #require(try decoder.only(data)?.get()[field], "\(field)")
    }

    static let all = connected + listened

    private static let connected: [ModelSample] = [
        ModelSample(
            folder: "ti-cc2650-sensortag",
            device: "sensortag",
            origin: .characteristic("f000aa01-0451-4000-b000-000000000000"),
            hexadecimal: "540b800c",
            values: [("temperature", "22.65625"), ("ambient-temperature", "25")]
        ),
        ModelSample(
            folder: "ti-cc2650-sensortag",
            device: "sensortag",
            origin: .characteristic("f000aa01-0451-4000-b000-000000000000"),
            hexadecimal: "80fd 80fb",
            values: [("temperature", "-5"), ("ambient-temperature", "-9")],
            isInReadme: false
        ),
        ModelSample(
            folder: "ti-cc2650-sensortag",
            device: "sensortag",
            origin: .characteristic("f000aa21-0451-4000-b000-000000000000"),
            hexadecimal: "0064 0080",
            values: [("air-temperature", "24.45"), ("humidity", "50")],
            isInReadme: false
        ),
        ModelSample(
            folder: "ti-cc2650-sensortag",
            device: "sensortag",
            origin: .characteristic("f000aa41-0451-4000-b000-000000000000"),
            hexadecimal: "c40900 cd8b01",
            values: [("pressure", "1013.25")],
            isInReadme: false
        ),
        ModelSample(
            folder: "xiaomi-lywsd03mmc",
            device: "lywsd03mmc",
            origin: .characteristic("ebe0ccc1-7a0a-4b0c-8a1a-6ff2997da3a6"),
            hexadecimal: "f8082f890b",
            values: [("temperature", "22.96"), ("humidity", "47"), ("voltage", "2.953")]
        ),
        ModelSample(
            folder: "bluetooth-environmental-sensing",
            device: "environmental-sensor",
            origin: .characteristic("2a6e"),
            hexadecimal: "0cfe",
            values: [("temperature", "-5")]
        ),
        ModelSample(
            folder: "bluetooth-environmental-sensing",
            device: "environmental-sensor",
            origin: .characteristic("2a6f"),
            hexadecimal: "4812",
            values: [("humidity", "46.8")]
        ),
        ModelSample(
            folder: "bluetooth-environmental-sensing",
            device: "environmental-sensor",
            origin: .characteristic("2a6d"),
            hexadecimal: "1d760f00",
            values: [("pressure", "1013.277")]
        ),
        ModelSample(
            folder: "bluetooth-environmental-sensing",
            device: "environmental-sensor",
            origin: .characteristic("2a19"),
            hexadecimal: "57",
            values: [("battery", "87")],
            isInReadme: false
        ),
        ModelSample(
            folder: "bluetooth-health-thermometer",
            device: "thermometer",
            origin: .characteristic("2a1c"),
            hexadecimal: "00720100ff",
            values: [("temperature", "37"), ("in-fahrenheit", "false")]
        ),
        ModelSample(
            folder: "bluetooth-health-thermometer",
            device: "thermometer",
            origin: .characteristic("2a1d"),
            hexadecimal: "03",
            values: [("temperature-type", "ear")],
            isInReadme: false
        ),
        ModelSample(
            folder: "bluetooth-blood-pressure",
            device: "blood-pressure",
            origin: .characteristic("2a35"),
            hexadecimal: "00780050005d00",
            values: [("systolic", "120"), ("diastolic", "80"), ("mean", "93"), ("in-kilopascal", "false")]
        ),
        ModelSample(
            folder: "bluetooth-blood-pressure",
            device: "blood-pressure",
            origin: .characteristic("2a35"),
            hexadecimal: "01 a0f0 6bf0 7cf0",
            values: [("systolic", "16"), ("in-kilopascal", "true")],
            isInReadme: false
        ),
        ModelSample(
            folder: "bluetooth-heart-rate",
            device: "heart-rate",
            origin: .characteristic("2a37"),
            hexadecimal: "16489803",
            values: [("heart-rate", "72"), ("contact", "3"), ("is-wide", "false")]
        ),
        ModelSample(
            folder: "bluetooth-heart-rate",
            device: "heart-rate",
            origin: .characteristic("2a38"),
            hexadecimal: "01",
            values: [("sensor-location", "chest")],
            isInReadme: false
        ),
    ]

    private static let listened: [ModelSample] = [
        ModelSample(
            folder: "xiaomi-lywsd03mmc",
            device: "lywsd03mmc-mibeacon",
            origin: .serviceData(0xFE95),
            hexadecimal: "58585b0550f4830238c1a495ef58763c26000097e2abb5",
            values: [("humidity", "46.7")]
        ),
        ModelSample(
            folder: "xiaomi-lywsd03mmc",
            device: "lywsd03mmc-pvvx",
            origin: .serviceData(0x181A),
            hexadecimal: "12345638c1a4 f808 5c12 890b 5a 07 00",
            values: [("temperature", "22.96"), ("humidity", "47"), ("voltage", "2.953"), ("battery", "90")],
            isInReadme: false
        ),
        ModelSample(
            folder: "xiaomi-lywsd03mmc",
            device: "lywsd03mmc-pvvx",
            origin: .serviceData(0x181A),
            hexadecimal: "a4c138563412 00e6 2f 5a 0b89 07",
            values: [("temperature", "23"), ("humidity", "47"), ("voltage", "2.953"), ("battery", "90")],
            isInReadme: false
        ),
        ModelSample(
            folder: "shelly-blu-ht",
            device: "blu-ht",
            origin: .serviceData(0xFCD2),
            hexadecimal: "40000501642e2d45eb00",
            values: [("packet", "5"), ("battery", "100"), ("humidity", "45"), ("temperature", "23.5")]
        ),
        ModelSample(
            folder: "shelly-blu-ht",
            device: "blu-ht-encrypted",
            origin: .serviceData(0xFCD2),
            hexadecimal: "41a47266c95f730011223378237214",
            values: [("temperature", "25.06"), ("humidity", "50.55")]
        ),
        ModelSample(
            folder: "presence-tag",
            device: "tag-ibeacon",
            origin: .manufacturerData(0x004C),
            hexadecimal: "0215e2c56db5dffb48d2b060d0f5a71096e001020304c5",
            values: [
                ("uuid", "e2c56db5-dffb-48d2-b060-d0f5a71096e0"), ("major", "258"), ("minor", "772"),
                ("measured-power", "-59"),
            ]
        ),
        ModelSample(
            folder: "presence-tag",
            device: "tag-eddystone",
            origin: .serviceData(0xFEAA),
            hexadecimal: "20000bb815800000001000000064",
            values: [("voltage", "3"), ("temperature", "21.5"), ("uptime", "10")]
        ),
    ]
}
