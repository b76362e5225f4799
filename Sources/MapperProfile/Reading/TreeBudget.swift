// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0
import MapperKit

/// Counts what a tree costs while it is built.
struct TreeBudget {
    private let limits: ReadingLimits
    private var nodes = 0

    init(_ limits: ReadingLimits) {
        self.limits = limits
    }

    /// Pays for nodes that are about to be added.
    mutating func spend(_ count: Int, at location: SourceLocation) throws(ConfigurationError) {
        nodes += count
        guard nodes <= limits.nodes else {
            throw ConfigurationError(at: location, "too many values: at most \(limits.nodes) are read from one file")
        }
    }

    /// Checks how deep a list or group stands.
    func check(depth: Int, at location: SourceLocation) throws(ConfigurationError) {
        guard depth <= limits.depth else {
            throw ConfigurationError(
                at: location,
                "nested too deeply: at most \(limits.depth) lists and groups may stand in each other"
            )
        }
    }
}
