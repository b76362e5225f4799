// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads the objects of a MiBeacon (iot.mi.com, "object definition"; 0x4800 and up are those of single products).
enum MiBeaconObject {
    /// Adds what an object tells; unknown ones, which have a length of their own, tell nothing.
    static func add(_ type: UInt16, _ data: [UInt8], to fields: inout BeaconFields) throws(BeaconError) {
        var cursor = BeaconCursor(data, format: .miBeacon)
        switch type {
        case 0x0003, 0x000F, 0x0007, 0x1017, 0x1018, 0x1019, 0x101B, 0x4804, 0x4818, 0x4A08, 0x4A0F, 0x4A12, 0x4A1A:
            try addNotice(type, &cursor, to: &fields)
        case 0x1001, 0x4A13, 0x4E0C, 0x4E0D, 0x4E0E:
            try addButton(type, &cursor, to: &fields)
        default:
            try addMeasurement(type, &cursor, to: &fields)
        }
    }

    private static func addMeasurement(
        _ type: UInt16,
        _ cursor: inout BeaconCursor,
        to fields: inout BeaconFields
    ) throws(BeaconError) {
        switch type {
        case 0x000A: fields.add(.temperature, BeaconScale.hundredths.value(try cursor.signedLittle(2)))
        case 0x1004: fields.add(.temperature, BeaconScale.tenths.value(try cursor.signedLittle(2)))
        case 0x1005:
            fields.add(.switchOn, .boolean(try cursor.byte() != 0))
            fields.add(.temperature, .int(try cursor.little(1)))
        case 0x1006: fields.add(.humidity, BeaconScale.tenths.value(try cursor.little(2)))
        case 0x1007: fields.add(.illuminance, .int(try cursor.little(3)))
        case 0x1008: fields.add(.moisture, .int(try cursor.little(1)))
        case 0x1009: fields.add(.conductivity, .int(try cursor.little(2)))
        case 0x100A, 0x4803, 0x4C03: fields.add(.battery, .int(try cursor.little(1)))
        case 0x100D:
            fields.add(.temperature, BeaconScale.tenths.value(try cursor.signedLittle(2)))
            fields.add(.humidity, BeaconScale.tenths.value(try cursor.little(2)))
        case 0x1010: fields.add(.formaldehyde, BeaconScale.hundredths.value(try cursor.little(2)))
        case 0x1012: fields.add(.switchOn, .boolean(try cursor.byte() != 0))
        case 0x1013: fields.add(.consumable, .int(try cursor.little(1)))
        case 0x1014, 0x4806: fields.add(.moistureDetected, .boolean(try cursor.byte() != 0))
        case 0x1015: fields.add(.smoke, .boolean(try cursor.byte() != 0))
        case 0x4805: fields.add(.illuminance, bits: try cursor.little(4))
        case 0x4A01: fields.add(.batteryLow, .boolean(try cursor.byte() != 0))
        case 0x4801, 0x4C01: fields.add(.temperature, bits: try cursor.little(4))
        case 0x4802, 0x4C02: fields.add(.humidity, .int(try cursor.little(1)))
        case 0x4808, 0x4C08: fields.add(.humidity, bits: try cursor.little(4))
        default: break
        }
    }

    private static func addNotice(
        _ type: UInt16,
        _ cursor: inout BeaconCursor,
        to fields: inout BeaconFields
    ) throws(BeaconError) {
        switch type {
        case 0x0003: fields.add(.motion, .boolean(true))
        case 0x000F:
            fields.add(.motion, .boolean(true))
            fields.add(.illuminance, .int(try cursor.little(3)))
        case 0x0007: addDoor(try cursor.byte(), .door, to: &fields)
        case 0x1019: addDoor(try cursor.byte(), .opening, to: &fields)
        case 0x1017: addIdle(try cursor.little(4), to: &fields)
        case 0x4818: addIdle(try cursor.little(2), to: &fields)
        case 0x1018: fields.add(.lightDetected, .boolean(try cursor.byte() != 0))
        case 0x101B: fields.add(.motion, .boolean(false))
        case 0x4A08:
            fields.add(.motion, .boolean(true))
            fields.add(.illuminance, bits: try cursor.little(4))
        case 0x4A0F: fields.add(.tamper, .boolean(try cursor.byte() == 1))
        case 0x4A1A: addDoor(2, .opening, to: &fields)
        // 0x4804 and 0x4A12: 1 open, 2 closed.
        default: addDoor(try cursor.byte() &- 1, .opening, to: &fields, known: 0...1)
        }
    }

    private static func addDoor(
        _ state: UInt8,
        _ field: BeaconField,
        to fields: inout BeaconFields,
        known: ClosedRange<UInt8> = 0...5
    ) {
        // The even ones leave it open. A window sensor has no knocks, and its 3 is a reset.
        let events = ["open", "closed", "left_open", "knock", "pried", "stuck"]
        guard known.contains(state), field == .door || state <= 2 else { return }
        fields.add(field, .boolean(state % 2 == 0))
        fields.add(.doorEvent, .string(events[Int(state)]))
    }

    /// Up to half a minute after it the makers' own app still shows a movement.
    private static func addIdle(_ seconds: Int64, to fields: inout BeaconFields) {
        fields.add(.idleTime, .int(seconds))
        fields.add(.motion, .boolean(seconds <= 30))
    }

    /// Number of the button, value, kind of press; products without numbers have the kind in the object's type.
    private static func addButton(
        _ type: UInt16,
        _ cursor: inout BeaconCursor,
        to fields: inout BeaconFields
    ) throws(BeaconError) {
        let number = Int64(try cursor.byte())
        switch type {
        case 0x1001:
            _ = try cursor.byte()
            let presses = ["press", "double_press", "long_press", "triple_press"]
            let kind = Int(try cursor.byte())
            fields.add(.buttonIndex, .int(number))
            fields.add(.button, .string(presses.indices.contains(kind) ? presses[kind] : "event_\(kind)"))
        case 0x4E0C, 0x4E0D, 0x4E0E:
            fields.add(.buttonIndex, .int(number))
            fields.add(.button, .string(type == 0x4E0C ? "press" : type == 0x4E0D ? "double_press" : "long_press"))
        default: fields.add(.button, .string("press"))
        }
    }
}
