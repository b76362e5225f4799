// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// An answer to a mapper, and what else its request brought about.
struct DMIAnswer<Response: Sendable>: Sendable {
    var result: Result<Response, DMIRefusal>
    var effects: [DMIEffect]

    init(_ response: Response, _ effects: [DMIEffect] = []) {
        result = .success(response)
        self.effects = effects
    }

    init(_ refusal: DMIRefusal, _ effects: [DMIEffect] = []) {
        result = .failure(refusal)
        self.effects = effects
    }
}
