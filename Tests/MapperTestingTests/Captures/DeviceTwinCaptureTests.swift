// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperTesting
import Testing

/// Holds the imitation against what real EdgeCores answered.
@Suite(.enabled(if: Capture.root != nil, "set MAPPERKIT_FIXTURES to compare with recordings of real EdgeCores"))
struct DeviceTwinCaptureTests {
    @Test(arguments: Capture.names)
    func answersAsRecorded(_ name: String) throws {
        let capture = try #require(Capture.all.first { $0.name == name }, "the recording cannot be read")
        #expect(!capture.steps.isEmpty)
        var edge = DeviceTwin(node: capture.node, version: capture.version)
        for step in capture.steps {
            // The recordings have no message for it.
            if step.name.contains("edgecore restart") { edge.restart() }
            let answers = step.inputs.flatMap { $0.give(to: &edge) }
            let differs = answers.map(Normalized.init) != step.outputs.map(Normalized.init)
            if let deviation = Deviation.all.first(where: { $0.concerns(step, of: capture) }) {
                #expect(differs, "'\(step.name)' is as recorded: strike it off the list (\(deviation.reason))")
            } else {
                #expect(
                    !differs,
                    """
                    \(step.name)
                    given    \(answers.map { Normalized($0).description }.joined(separator: "\n         "))
                    recorded \(step.outputs.map { Normalized($0).description }.joined(separator: "\n         "))
                    """
                )
            }
        }
    }
}

extension Capture.Input {
    func give(to edge: inout DeviceTwin) -> [DeviceTwin.Output] {
        switch self {
        case .mqtt(let topic, let payload): edge.receive(topic: topic, payload: Array(payload.utf8))
        case .cloud(let resource, let operation, let content):
            edge.receiveFromCloud(resource: resource, operation: operation, content: Array(content.utf8))
        }
    }
}
