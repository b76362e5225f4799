// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is a characteristic of an explored peripheral, with its descriptors and its value.
package struct ExploredCharacteristic: Hashable, Sendable {
    /// Says what came of reading the value.
    package enum Reading: Hashable, Sendable {
        /// It was not tried: it cannot be read, or values were not wanted.
        case none
        /// The bytes.
        case octets([UInt8])
        /// The peripheral wants an encrypted link for it; with its words.
        case protected(String)
        /// It failed, with the reason.
        case failed(String)
    }

    /// What it is.
    package var uuid: BluetoothUUID
    /// Where its value is.
    package var handle: UInt16
    var properties: GATTCharacteristic.Properties
    /// Its descriptors with their handles, in their order.
    package var descriptors: [ExploredDescriptor] = []
    /// What descriptor 2901 says.
    package var userDescription: String?
    var presentation: PresentationFormat?
    /// Its value.
    package var reading = Reading.none

    init(_ found: GATTCharacteristic) {
        uuid = found.uuid
        handle = found.value
        properties = found.properties
    }

    /// What can be done with it, in words.
    package var abilities: [String] {
        let all: [(GATTCharacteristic.Properties, String)] = [
            (.read, "read"), (.write, "write"), (.writeWithoutResponse, "write-without-response"),
            (.notify, "notify"), (.indicate, "indicate"),
        ]
        return all.filter { properties.contains($0.0) }.map(\.1)
    }

    /// Its well-known name.
    package var name: String? { KnownCharacteristic.named(uuid)?.name }

    /// The bytes of its value as hexadecimal digits; `nil` when it was not read.
    package var hex: String? { octets.map { HexText.text($0) } }

    /// Its value as text: as its format, or the table of characteristics, says, else where it looks like text; `nil` for
    /// none of these.
    package var text: String? {
        guard let octets else { return nil }
        guard let meaning else { return Self.printable(octets) }
        let format = CharacteristicFormat(form: meaning.form, exponent: meaning.exponent)
        return (try? format.value(of: octets))?.text
    }

    /// What its number is counted in; empty for none.
    package var unit: String { meaning?.unit ?? "" }

    /// What descriptor 2904 says: `uint16, 10^-2, %`.
    package var format: String? {
        guard let presentation else { return nil }
        let form = presentation.form?.description ?? "format \(presentation.format)"
        let exponent = presentation.exponent == 0 ? "" : ", 10^\(presentation.exponent)"
        let unit = UnitName.of(presentation.unit)
        return form + exponent + (unit.isEmpty ? "" : ", \(unit)")
    }

    /// The bytes of its value.
    var octets: [UInt8]? {
        if case .octets(let octets) = reading { octets } else { nil }
    }

    /// What its bytes mean; `nil` when nothing says so.
    var meaning: (form: ValueForm, exponent: Int, unit: String)? {
        if let presentation, let form = presentation.form {
            let exponent: Int = if case .integer = form { presentation.exponent } else { 0 }
            return (form, exponent, UnitName.of(presentation.unit))
        }
        guard let known = KnownCharacteristic.named(uuid), let form = known.form else { return nil }
        return (form, known.exponent, known.unit)
    }

    /// Three letters at least: one or two bytes are numbers more often.
    private static func printable(_ octets: [UInt8]) -> String? {
        let letters = octets.prefix { $0 != 0 }
        guard letters.count >= 3, octets.dropFirst(letters.count).allSatisfy({ $0 == 0 }),
            let text = String(validating: letters, as: UTF8.self),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
        else { return nil }
        return text
    }
}
