// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Remembers what was said in the log, so that it is not said again.
struct SaidOnce {
    /// Beyond this many different things everything is forgotten and may be said again.
    private static let limit = 4096

    private var said: Set<String> = []

    /// True the first time.
    mutating func isNew(_ saying: String) -> Bool {
        if said.count >= Self.limit { said = [] }
        return said.insert(saying).inserted
    }
}
