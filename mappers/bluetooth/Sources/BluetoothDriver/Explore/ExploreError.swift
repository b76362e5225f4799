// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says why a peripheral could not be explored.
package struct ExploreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence.
    package var description: String

    init(_ description: String) { self.description = description }
}
