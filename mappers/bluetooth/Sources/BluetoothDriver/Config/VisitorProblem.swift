// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Tells what is wrong with a visitor, and under which key.
struct VisitorProblem: Error, Hashable {
    /// The keys from the visitor down to the one it is about; elements of lists by their number.
    var path: [String]
    var message: String

    init(_ path: String..., message: String) {
        self.path = path
        self.message = message
    }

    init(_ key: String, _ message: String) {
        path = [key]
        self.message = message
    }

    /// Where the key stands, or else what it should stand in.
    func location(in visitor: ConfigNode) -> SourceLocation? {
        var node = visitor
        for step in path {
            let elements = node.elements
            guard
                let next = node[step]
                    ?? Int(step).flatMap({ elements?.indices.contains($0) == true ? elements?[$0] : nil })
            else { break }
            node = next
        }
        return node.location ?? visitor.location
    }
}
