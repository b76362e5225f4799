// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Describes one object id of BTHome: what it means and how its bytes are read.
struct BTHomeObject: Hashable, Sendable {
    /// How the bytes become a value.
    enum Form: Hashable, Sendable {
        /// A number without a sign.
        case unsigned(Int, BeaconScale)
        /// A number with a sign.
        case signed(Int, BeaconScale)
        /// 0 or 1.
        case flag
        /// What happened to a button.
        case button
        /// A direction and a number of steps.
        case dimmer
        /// A length, a command, that many bytes.
        case command
        /// A length and that many bytes of UTF-8.
        case text
        /// A length and that many bytes.
        case raw
        /// The parts of a version, the last one first.
        case version(Int)
    }

    var id: UInt8
    var field: BeaconField
    var form: Form
    /// The unit, where it is not the field's own.
    var unit: String?

    /// Reads the object's value, behind its id.
    func add(_ cursor: inout BeaconCursor, to fields: inout BeaconFields) throws(BeaconError) {
        switch form {
        case .unsigned(let count, let scale): fields.add(field, scale.value(try cursor.little(count)), unit: unit)
        case .signed(let count, let scale): fields.add(field, scale.value(try cursor.signedLittle(count)), unit: unit)
        case .flag: fields.add(field, .boolean(try cursor.byte() != 0))
        case .button: fields.add(field, .string(Self.button(try cursor.byte())))
        case .dimmer: fields.add(field, .int(try Self.steps(&cursor)))
        case .command: try Self.addCommand(&cursor, to: &fields)
        case .text:
            let bytes = try cursor.bytes(Int(try cursor.byte()))
            fields.add(field, .string(String(decoding: bytes, as: UTF8.self)))
        case .raw: fields.add(field, .bytes(try cursor.bytes(Int(try cursor.byte()))))
        case .version(let count):
            let parts = try cursor.bytes(count).reversed().map { String($0) }
            fields.add(field, .string(parts.joined(separator: ".")))
        }
    }

    private static func button(_ event: UInt8) -> String {
        switch event {
        case 0x00: "none"
        case 0x01: "press"
        case 0x02: "double_press"
        case 0x03: "triple_press"
        case 0x04: "long_press"
        case 0x05: "long_double_press"
        case 0x06: "long_triple_press"
        // 0xFE is what old Shelly firmware sends.
        case 0x80, 0xFE: "hold_press"
        default: "event_\(event)"
        }
    }

    /// 1 turns to the left, 2 to the right, 0 is nothing.
    private static func steps(_ cursor: inout BeaconCursor) throws(BeaconError) -> Int64 {
        let direction = try cursor.byte()
        let steps = try cursor.little(1)
        return direction == 1 ? -steps : direction == 2 ? steps : 0
    }

    /// The lower five bits of the first byte are the number of arguments, which stand behind the command.
    private static func addCommand(_ cursor: inout BeaconCursor, to fields: inout BeaconFields) throws(BeaconError) {
        let count = Int(try cursor.byte() & 0x1F)
        let command = Int(try cursor.byte())
        let arguments = try cursor.bytes(count)
        let names = ["off", "on", "toggle", "step_up", "step_down"]
        fields.add(.command, .string(names.indices.contains(command) ? names[command] : "command_\(command)"))
        if !arguments.isEmpty { fields.add(.commandArguments, .bytes(arguments)) }
    }
}
