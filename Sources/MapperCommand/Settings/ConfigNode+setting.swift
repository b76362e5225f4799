// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension ConfigNode {
    /// The tree with one setting replaced or added; what stood in the way of its path is replaced as well.
    func setting(_ path: some Collection<String>, to node: ConfigNode) -> ConfigNode {
        guard let key = path.first else { return node }
        var entries = entries ?? []
        let index = entries.firstIndex { $0.key == key }
        let child = index.map { entries[$0].value } ?? ConfigNode(.mapping([]))
        let value = child.setting(path.dropFirst(), to: node)
        if let index {
            entries[index].value = value
            // Whoever asks where the setting comes from is not to be sent to the one that was replaced.
            if path.count == 1 { entries[index].keyLocation = node.location }
        } else {
            entries.append(Entry(key, at: node.location, value))
        }
        return ConfigNode(.mapping(entries), at: location)
    }

    /// The node at the end of a path.
    func node(at path: some Collection<String>) -> ConfigNode? {
        guard let key = path.first else { return self }
        return self[key]?.node(at: path.dropFirst())
    }
}
