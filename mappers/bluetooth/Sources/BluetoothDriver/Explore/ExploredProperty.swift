// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is the property that a characteristic suggests.
struct ExploredProperty: Hashable, Sendable {
    let service: BluetoothUUID
    let characteristic: ExploredCharacteristic
    /// Which of several of this UUID in services of this UUID, counted from 1; `nil` when there is one.
    let instance: Int?
    /// What the property is called.
    var name: String

    init(_ characteristic: ExploredCharacteristic, in service: BluetoothUUID, instance: Int?) {
        self.service = service
        self.characteristic = characteristic
        self.instance = instance
        let word = Self.word(characteristic.name ?? "")
        let description = Self.word(characteristic.userDescription ?? "")
        let number = "characteristic-\(characteristic.uuid)"
        name = !word.isEmpty ? word : !description.isEmpty ? description : number
    }

    /// What it is called when its name is taken: with the peripheral's words for it, where there are any.
    var secondName: String {
        let description = Self.word(characteristic.userDescription ?? "")
        return description.isEmpty || description == name ? name : "\(name)-\(description)"
    }

    /// Whether the characteristic gives values at all, and they are about the thing itself.
    var isUseful: Bool {
        let givesValues: GATTCharacteristic.Properties = [.read, .notify, .indicate]
        guard !characteristic.properties.isDisjoint(with: givesValues) else { return false }
        return !(KnownCharacteristic.named(characteristic.uuid)?.isPlumbing ?? false)
    }

    private var form: ValueForm { characteristic.meaning?.form ?? .hex }

    /// The type in the model.
    var modelType: String {
        switch form {
        case .integer(bits: 64, isSigned: false): "DOUBLE"
        case .integer, .anyInteger, .bitField: exponent == 0 ? "INT" : "DOUBLE"
        case .float32: "FLOAT"
        case .float64, .sfloat, .float11073, .anyNumber: "DOUBLE"
        case .truth, .bit: "BOOLEAN"
        case .text, .wideText, .bytes, .hex: "STRING"
        }
    }

    /// The type in the visitor; `nil` where only the characteristic's own format can say it.
    var dataType: String? {
        switch form {
        case .integer(let bits, _) where !bits.isMultiple(of: 8): nil
        case .wideText: nil
        case .truth: "bool"
        default: form.description
        }
    }

    /// The power of ten of the visitor's `scale`; 0 where the characteristic's own format counts.
    var exponent: Int { characteristic.meaning?.exponent ?? 0 }

    /// Whether writing makes sense: it is allowed, and the meaning of the bytes is known.
    var isWritable: Bool {
        let writable: GATTCharacteristic.Properties = [.write, .writeWithoutResponse]
        guard !characteristic.properties.isDisjoint(with: writable) else { return false }
        return characteristic.meaning != nil
    }

    /// Limits and marker of the table, where no format of the peripheral's own overrides it.
    var known: KnownCharacteristic? {
        characteristic.presentation?.form == nil ? KnownCharacteristic.named(characteristic.uuid) : nil
    }

    /// Small letters, digits and single dashes, 40 at most.
    static func word(_ text: String) -> String {
        let plain = text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
        return String(String(plain).split(separator: "-").joined(separator: "-").prefix(40))
    }
}
