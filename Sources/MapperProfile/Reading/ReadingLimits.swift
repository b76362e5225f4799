// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Bounds what reading a configuration may cost, whatever the file holds.
public struct ReadingLimits: Hashable, Sendable {
    /// The largest file, in bytes; larger ones are refused without being read.
    public var bytes: Int
    /// The largest number of values in a file, counting what an alias stands for each time it is used.
    public var nodes: Int
    /// How deep lists and groups may stand in each other.
    public var depth: Int

    /// Creates limits; the defaults are far above any real profile and cost well under a gigabyte at worst.
    public init(bytes: Int = 16 << 20, nodes: Int = 1_000_000, depth: Int = 100) {
        self.bytes = bytes
        self.nodes = nodes
        self.depth = depth
    }

    /// Whether a tree that was not read from a file keeps to the same limits.
    func admit(_ node: ConfigNode) -> Bool {
        var rest = [(node: node, depth: 0)]
        var count = 0
        while let (node, depth) = rest.popLast() {
            count += 1
            guard count <= nodes, depth <= self.depth else { return false }
            let parts = node.elements ?? node.entries?.map(\.value) ?? []
            guard parts.count <= nodes - count else { return false }
            rest += parts.map { ($0, depth + 1) }
        }
        return true
    }
}
