// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells what is wrong with a visitor, and under which key.
struct LayoutProblem: Error, Hashable {
    var key: String
    var message: String

    init(_ key: String, _ message: String) {
        self.key = key
        self.message = message
    }
}
