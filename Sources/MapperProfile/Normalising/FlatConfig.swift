// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Lays groups of keys over each other until one flat group is left, the most specific first.
struct FlatConfig {
    private var entries: [ConfigNode.Entry] = []
    private var indexes: [String: Int] = [:]
    private var origins: [String] = []
    private var location: SourceLocation?

    /// Starts with nothing, at the place a reader would look for what is missing.
    init(at location: SourceLocation?) {
        self.location = location
    }

    var node: ConfigNode { ConfigNode(.mapping(entries), at: location) }

    /// Adds the keys of a group that no group before had; `name` is the group's key in the file.
    ///
    /// A key with another value than before is a contradiction worth a warning when `section` is given.
    mutating func lay(
        _ group: ConfigNode?,
        called name: String,
        without skipped: Set<String> = [],
        warningIn section: Section? = nil
    ) {
        guard let group, let added = group.entries else { return }
        // The first group is where the configuration stands, as far as anybody looks for it.
        if entries.isEmpty, let place = group.location { location = place }
        for entry in added where !skipped.contains(entry.key) {
            guard let index = indexes[entry.key] else {
                indexes[entry.key] = entries.count
                entries.append(entry)
                origins.append(name)
                continue
            }
            guard let section, entries[index].value != entry.value else { continue }
            section.warning(
                at: entry.keyLocation,
                "'\(entry.key)' is set twice with different values: the one in '\(origins[index])' is used, not the one in '\(name)'"
            )
        }
    }

    /// Adds one key unless it is there.
    mutating func add(_ key: String, _ text: String, at place: SourceLocation?) {
        lay(ConfigNode(.mapping([ConfigNode.Entry(key, at: place, ConfigNode(.string(text), at: place))])), called: key)
    }
}
