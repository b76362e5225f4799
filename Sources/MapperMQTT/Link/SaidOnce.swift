// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Remembers what was said in the log, so that it is not said again.
struct SaidOnce {
    /// Beyond this many different things everything is forgotten and may be said again.
    private static let limit = 4096

    /// Hashes instead of texts, because others write parts of the texts and may make them long.
    private var said: Set<Int> = []

    /// True the first time.
    mutating func isNew(_ saying: String) -> Bool {
        if said.count >= Self.limit { said = [] }
        return said.insert(saying.hashValue).inserted
    }
}
