// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import MapperKit

/// Is what a peripheral's advertisements say in one known format.
package struct ScannedBeacon: Hashable, Sendable {
    /// Is one value.
    package struct Field: Hashable, Sendable {
        /// What it is called in a visitor's `field`.
        package var name: String
        /// The value.
        package var value: PropertyValue
        /// What it is counted in; empty for none.
        package var unit: String
    }

    /// The format's name, in one word.
    package var format: String
    /// The values, by their names; none where the data cannot be read.
    package var fields: [Field] = []
    /// Why there are no values.
    package var trouble: String?

    init(_ reading: BeaconReading) {
        format = reading.format.rawValue
        fields = reading.fields.sorted { $0.key < $1.key }.map {
            Field(name: $0.key, value: $0.value.value, unit: $0.value.unit)
        }
    }

    init(_ error: BeaconError) {
        switch error {
        case .keyNeeded(let kind), .encrypted(let kind):
            format = kind.rawValue
            trouble = "encrypted (\(kind.rawValue))"
        case .truncated(let kind), .malformed(let kind, _), .wrongKey(let kind), .notEncrypted(let kind),
            .replayed(let kind, _, _), .otherDevice(let kind, _):
            format = kind.rawValue
            trouble = "\(error)"
        }
    }

    /// The values in a row: `humidity 40 %, temperature 21.5 °C`.
    package var text: String {
        if let trouble { return trouble }
        // The packets' own number says nothing to people.
        let told = fields.filter { $0.name != BeaconField.packetID.rawValue }
        guard !told.isEmpty else { return format }
        return told.map { "\($0.name) \($0.value.text)" + ($0.unit.isEmpty ? "" : " \($0.unit)") }
            .joined(separator: ", ")
    }
}
