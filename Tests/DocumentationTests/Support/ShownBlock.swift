// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

/// Is a block of code in documentation, with its place.
struct ShownBlock: Sendable, CustomStringConvertible, CustomTestStringConvertible {
    /// The file.
    var path: String
    /// The line of its fence.
    var line: Int
    /// The code.
    var text: String

    var description: String { "\(path):\(line)" }

    var testDescription: String { description }
}
