// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperTesting

/// Messages recorded from a real EdgeCore, step by step.
struct Capture: CustomStringConvertible {
    /// What was put in.
    enum Input {
        case mqtt(topic: String, payload: String)
        case cloud(resource: String, operation: String, content: String)
    }

    struct Step {
        var name: String
        var inputs: [Input] = []
        /// What came out, in the order recorded: first to the broker, then to the cloud.
        var outputs: [DeviceTwin.Output] = []
    }

    var name: String
    var version: EdgeCoreVersion
    var node: String
    var steps: [Step]

    var description: String { name }

    /// Where the captures are; tests that need them are skipped when it is not set.
    static let root = ProcessInfo.processInfo.environment["MAPPERKIT_FIXTURES"]

    /// The captures by name; empty when there are none.
    static let all: [Capture] = {
        guard let root else { return [] }
        return wires.compactMap { try? wire(root, $0.path, $0.version) }
            + traces.compactMap { try? trace(root, $0.kind, $0.version) }
    }()

    static let names: [String] = wires.map(\.path) + traces.map { "trace\($0.kind) \($0.version)" }

    private static let wires: [(path: String, version: EdgeCoreVersion)] = [
        ("wire/v1.3.1", EdgeCoreVersion(1, 3, 1)), ("wire/v1.14.0/mqtt", EdgeCoreVersion(1, 14)),
        ("wire/v1.23.1/mqtt", EdgeCoreVersion(1, 23, 1)),
    ]

    private static let traces: [(kind: String, version: EdgeCoreVersion)] = ["", "-validation", "-versions"].flatMap {
        [($0, EdgeCoreVersion(1, 3, 1)), ($0, EdgeCoreVersion(1, 12))]
    }
}
