// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Collects the fields of a reading.
struct BeaconFields {
    /// What was collected, by name.
    private(set) var values: [String: BeaconValue] = [:]
    private var counts: [BeaconField: Int] = [:]

    /// Adds a value; the second of a name becomes `temperature2`, the third `temperature3`.
    mutating func add(_ field: BeaconField, _ value: PropertyValue, unit: String? = nil) {
        let count = counts[field, default: 0] + 1
        counts[field] = count
        values[count == 1 ? field.rawValue : "\(field.rawValue)\(count)"] = BeaconValue(
            value: value,
            unit: unit ?? field.unit
        )
    }

    /// Adds a number of single precision with its shortest decimals; what is not finite is no value.
    mutating func add(_ field: BeaconField, bits: Int64) {
        let number = PropertyValue.float(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        if let value = try? number.converted(to: .float) { add(field, value) }
    }
}
