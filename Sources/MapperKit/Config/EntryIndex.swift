// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Finds the values of a mapping by key, so that looking up every key of a large one stays cheap.
struct EntryIndex {
    /// Up to here comparing the keys one by one is quicker than hashing them.
    private static let few = 16

    private let entries: [ConfigNode.Entry]
    private let places: [String: Int]?

    init(_ entries: [ConfigNode.Entry]) {
        self.entries = entries
        guard entries.count > Self.few else {
            places = nil
            return
        }
        places = Dictionary(entries.enumerated().map { ($0.element.key, $0.offset) }) { first, _ in first }
    }

    subscript(key: String) -> ConfigNode? {
        guard let places else { return entries.first { $0.key == key }?.value }
        return places[key].map { entries[$0].value }
    }
}
