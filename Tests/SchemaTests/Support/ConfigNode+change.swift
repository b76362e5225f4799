// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension ConfigNode {
    /// The tree with one value replaced or added; numbers in the path are places in lists.
    func changing(_ path: [String], to value: ConfigNode) -> ConfigNode {
        guard let step = path.first else { return value }
        let rest = Array(path.dropFirst())
        if var elements, let index = Int(step), elements.indices.contains(index) {
            elements[index] = elements[index].changing(rest, to: value)
            return ConfigNode(.sequence(elements), at: location)
        }
        var entries = entries ?? []
        if let index = entries.firstIndex(where: { $0.key == step }) {
            entries[index].value = entries[index].value.changing(rest, to: value)
        } else {
            entries.append(Entry(step, ConfigNode(.mapping([])).changing(rest, to: value)))
        }
        return ConfigNode(.mapping(entries), at: location)
    }

    /// The tree without the value at a path.
    func removing(_ path: [String]) -> ConfigNode {
        guard let step = path.first else { return self }
        let rest = Array(path.dropFirst())
        if var elements, let index = Int(step), elements.indices.contains(index) {
            elements[index] = elements[index].removing(rest)
            return ConfigNode(.sequence(elements), at: location)
        }
        let kept = (entries ?? []).compactMap { entry -> Entry? in
            guard entry.key == step else { return entry }
            guard !rest.isEmpty else { return nil }
            return Entry(entry.key, at: entry.keyLocation, entry.value.removing(rest))
        }
        return ConfigNode(.mapping(kept), at: location)
    }
}
