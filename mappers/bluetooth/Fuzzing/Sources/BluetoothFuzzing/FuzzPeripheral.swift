// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
@testable import BluetoothDriver

/// Has what a peripheral offers, and what clients ask it for.
enum FuzzPeripheral {
    static let level = BluetoothUUID(0x2A19)
    static let setPoint = BluetoothUUID(0x2A6E)
    static let alarm = BluetoothUUID(0x2A46)
    static let long = BluetoothUUID(0xFFF1)
    static let battery = BluetoothUUID(0x180F)
    static let custom = BluetoothUUID(0xFFF0)

    static let services = [
        SimulatedService.genericAttribute,
        SimulatedService(
            battery,
            [
                SimulatedCharacteristic(
                    level,
                    [.read, .notify],
                    value: [87],
                    userDescription: "main",
                    presentationFormat: [0x04, 0x00, 0xAD, 0x27, 0x01, 0x00, 0x00]
                )
            ]
        ),
        SimulatedService(
            custom,
            [
                SimulatedCharacteristic(setPoint, [.read, .write, .writeWithoutResponse], value: [1, 2]),
                SimulatedCharacteristic(alarm, [.indicate], value: [0]),
                SimulatedCharacteristic(long, [.read, .write, .notify], value: (0..<200).map { UInt8($0) }),
            ]
        ),
    ]

    /// A request that makes sense, mostly for handles that there are.
    static func request(_ random: inout FuzzRandom) -> [UInt8] {
        let handle = UInt16(random.number(0...30))
        let range = HandleRange(first: handle, last: random.happens(70) ? 0xFFFF : UInt16(random.number(0...30)))
        let type = random.one(of: [
            GATTClient.Attribute.characteristic, GATTClient.Attribute.primaryService, level, long,
        ])
        switch random.number(0...12) {
        case 0: return ATTRequest.exchangeMTU(UInt16(random.number(0...600))).bytes
        case 1: return ATTRequest.findInformation(range).bytes
        case 2: return ATTRequest.findByTypeValue(range, type: 0x2800, value: [0x0F, 0x18]).bytes
        case 3: return ATTRequest.readByType(range, type).bytes
        case 4: return ATTRequest.readByGroupType(range, type).bytes
        case 5: return ATTRequest.read(handle).bytes
        case 6: return ATTRequest.readBlob(handle, offset: random.number(0...600)).bytes
        case 7: return ATTRequest.write(handle, random.bytes(0...30)).bytes
        case 8: return ATTRequest.write(handle, [random.one(of: [0, 1, 2, 3]), 0]).bytes
        case 9: return [0x52] + handle.littleEndianBytes + random.bytes(0...600)
        case 10: return ATTRequest.prepareWrite(handle, offset: random.number(0...600), random.bytes(0...60)).bytes
        case 11: return ATTRequest.executeWrite(isCommitted: random.happens(70)).bytes
        default: return [0x1E]
        }
    }
}
#endif
