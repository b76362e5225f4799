// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A node that several tasks work on; what it does is handed on in the order in which it does it.
final class SharedNode: Sendable {
    private let node: Mutex<EdgeNode>
    private let handOn: @Sendable (EdgeEffect) -> Void

    /// - Parameter handOn: Gets each effect under the node's lock, so it must be quick.
    init(_ node: EdgeNode, handOn: @escaping @Sendable (EdgeEffect) -> Void) {
        self.node = Mutex(node)
        self.handOn = handOn
    }

    /// A copy of the node as it is now.
    var now: EdgeNode { node.withLock { $0 } }

    /// Changes the node.
    func change(_ body: (inout EdgeNode) -> [EdgeEffect]) {
        node.withLock { body(&$0).forEach(handOn) }
    }

    /// Changes the node, and gives an answer.
    func ask<Answer: Sendable>(_ body: (inout EdgeNode) -> (Answer, [EdgeEffect])) -> Answer {
        node.withLock { node in
            let (answer, effects) = body(&node)
            effects.forEach(handOn)
            return answer
        }
    }
}
