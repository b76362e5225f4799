// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells why a benchmark did not end well.
package struct BenchmarkFailure: Error, CustomStringConvertible {
    /// Why.
    package let description: String

    /// Creates a failure with the reason as a sentence.
    package init(_ description: String) { self.description = description }
}
