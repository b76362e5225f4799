// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension BTHomeObject {
    /// All objects of the published table, by id.
    static let table = Dictionary(rows.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    private static let rows: [BTHomeObject] = sensors + flags + others

    private static func unsigned(
        _ id: UInt8,
        _ field: BeaconField,
        _ bytes: Int,
        _ scale: BeaconScale = .whole,
        unit: String? = nil
    ) -> BTHomeObject {
        BTHomeObject(id: id, field: field, form: .unsigned(bytes, scale), unit: unit)
    }

    private static func signed(
        _ id: UInt8,
        _ field: BeaconField,
        _ bytes: Int,
        _ scale: BeaconScale = .whole
    ) -> BTHomeObject {
        BTHomeObject(id: id, field: field, form: .signed(bytes, scale))
    }

    private static let sensors: [BTHomeObject] = [
        unsigned(0x00, .packetID, 1),
        unsigned(0x01, .battery, 1),
        signed(0x02, .temperature, 2, .hundredths),
        unsigned(0x03, .humidity, 2, .hundredths),
        unsigned(0x04, .pressure, 3, .hundredths),
        unsigned(0x05, .illuminance, 3, .hundredths),
        unsigned(0x06, .mass, 2, .hundredths),
        unsigned(0x07, .mass, 2, .hundredths, unit: "lb"),
        signed(0x08, .dewPoint, 2, .hundredths),
        unsigned(0x09, .count, 1),
        unsigned(0x0A, .energy, 3, .thousandths),
        unsigned(0x0B, .power, 3, .hundredths),
        unsigned(0x0C, .voltage, 2, .thousandths),
        unsigned(0x0D, .pm25, 2),
        unsigned(0x0E, .pm10, 2),
        unsigned(0x12, .co2, 2),
        unsigned(0x13, .tvoc, 2),
        unsigned(0x14, .moisture, 2, .hundredths),
        unsigned(0x2E, .humidity, 1),
        unsigned(0x2F, .moisture, 1),
        unsigned(0x3D, .count, 2),
        unsigned(0x3E, .count, 4),
        signed(0x3F, .rotation, 2, .tenths),
        unsigned(0x40, .distance, 2, unit: "mm"),
        unsigned(0x41, .distance, 2, .tenths),
        unsigned(0x42, .duration, 3, .thousandths),
        unsigned(0x43, .current, 2, .thousandths),
        unsigned(0x44, .speed, 2, .hundredths),
        signed(0x45, .temperature, 2, .tenths),
        unsigned(0x46, .uvIndex, 1, .tenths),
        unsigned(0x47, .volume, 2, .tenths),
        unsigned(0x48, .volume, 2, unit: "mL"),
        unsigned(0x49, .volumeFlowRate, 2, .thousandths),
        unsigned(0x4A, .voltage, 2, .tenths),
        unsigned(0x4B, .gas, 3, .thousandths),
        unsigned(0x4C, .gas, 4, .thousandths),
        unsigned(0x4D, .energy, 4, .thousandths),
        unsigned(0x4E, .volume, 4, .thousandths),
        unsigned(0x4F, .water, 4, .thousandths),
        unsigned(0x50, .timestamp, 4),
        unsigned(0x51, .acceleration, 2, .thousandths),
        unsigned(0x52, .gyroscope, 2, .thousandths),
        unsigned(0x55, .volumeStorage, 4, .thousandths),
        unsigned(0x56, .conductivity, 2),
        signed(0x57, .temperature, 1),
        signed(0x58, .temperature, 1, BeaconScale(step: 35, decimals: 2)),
        signed(0x59, .count, 1),
        signed(0x5A, .count, 2),
        signed(0x5B, .count, 4),
        signed(0x5C, .power, 4, .hundredths),
        signed(0x5D, .current, 2, .thousandths),
        unsigned(0x5E, .direction, 2, .hundredths),
        unsigned(0x5F, .precipitation, 2, .tenths),
        unsigned(0x60, .channel, 1),
        unsigned(0x61, .rotationalSpeed, 2),
        signed(0x62, .speed, 4, .millionths),
        signed(0x63, .acceleration, 4, .millionths),
        unsigned(0x64, .lightLevel, 1),
        unsigned(0x65, .settingsRevision, 1),
        unsigned(0xF0, .deviceType, 2),
    ]

    private static let flags: [BTHomeObject] = [
        (0x0F, .generic), (0x10, .powerOn), (0x11, .opening), (0x15, .batteryLow), (0x16, .batteryCharging),
        (0x17, .carbonMonoxide), (0x18, .cold), (0x19, .connectivity), (0x1A, .door), (0x1B, .garageDoor),
        (0x1C, .gasDetected), (0x1D, .heat), (0x1E, .lightDetected), (0x1F, .unlocked), (0x20, .moistureDetected),
        (0x21, .motion), (0x22, .moving), (0x23, .occupancy), (0x24, .plug), (0x25, .presence), (0x26, .problem),
        (0x27, .running), (0x28, .safety), (0x29, .smoke), (0x2A, .sound), (0x2B, .tamper), (0x2C, .vibration),
        (0x2D, .window),
    ].map { (id: UInt8, field: BeaconField) in BTHomeObject(id: id, field: field, form: .flag) }

    private static let others: [BTHomeObject] = [
        BTHomeObject(id: 0x3A, field: .button, form: .button),
        BTHomeObject(id: 0x3B, field: .command, form: .command),
        BTHomeObject(id: 0x3C, field: .dimmer, form: .dimmer),
        BTHomeObject(id: 0x53, field: .text, form: .text),
        BTHomeObject(id: 0x54, field: .raw, form: .raw),
        BTHomeObject(id: 0xF1, field: .firmwareVersion, form: .version(4)),
        BTHomeObject(id: 0xF2, field: .firmwareVersion, form: .version(3)),
    ]
}
