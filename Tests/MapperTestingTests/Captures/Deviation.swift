// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// A recorded step that the imitation answers differently, and why.
struct Deviation {
    var capture: String
    var step: String
    var reason: String

    func concerns(_ step: Capture.Step, of capture: Capture) -> Bool {
        capture.name.hasPrefix(self.capture) && step.name.hasPrefix(self.step)
    }

    static let all: [Deviation] = ["51", "52"].map { step in
        Deviation(
            capture: "trace v",
            step: step,
            reason: "EdgeCore says nothing because its twin worker has died; the imitation says so and goes on"
        )
    }
}
