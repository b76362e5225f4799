// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says why no scan is possible.
package struct PeripheralScanError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The sentence.
    package var description: String

    init(_ description: String) { self.description = description }
}
