// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

@testable import BluetoothDriver

/// Reads bytes as people write them, for tests; what is no hexadecimal digit is passed over.
func beaconBytes(_ text: String) -> [UInt8] {
    let digits = Array(text.filter(\.isHexDigit))
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
}

extension AdvertisementData {
    /// Data of one service, as the only thing that is said.
    init(service: UInt16, _ hexadecimal: String) {
        self.init()
        serviceData[BluetoothUUID(service)] = beaconBytes(hexadecimal)
    }
}

extension BeaconDecoder {
    /// A decoder for a device given by its address and key as texts.
    init(_ address: String, key: String? = nil) throws {
        self.init(address: try #require(BluetoothAddress(address)), key: try key.map { try #require(BindKey($0)) })
    }

    /// The outcome of the one format that the data has.
    mutating func only(_ data: AdvertisementData) -> Result<BeaconReading, BeaconError>? {
        let outcomes = decode(data)
        return outcomes.count == 1 ? outcomes[0] : nil
    }

    /// The fields of the one format that the data has; empty when there is no reading.
    mutating func fields(_ data: AdvertisementData) -> [String: PropertyValue] {
        guard case .success(let reading) = only(data) else { return [:] }
        return reading.fields.mapValues(\.value)
    }
}
