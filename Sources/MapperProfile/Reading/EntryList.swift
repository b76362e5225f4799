// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Collects the entries of a mapping and refuses a key that comes twice.
struct EntryList {
    private(set) var entries: [ConfigNode.Entry] = []
    private var places: [String: SourceLocation] = [:]

    mutating func append(_ key: String, at location: SourceLocation, _ value: ConfigNode) throws(ConfigurationError) {
        if let first = places.updateValue(location, forKey: key) {
            throw ConfigurationError(
                at: location,
                "the key '\(key)' is given twice in one group (first on line \(first.line), column \(first.column))"
            )
        }
        entries.append(ConfigNode.Entry(key, at: location, value))
    }
}
