// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// What the code under test makes of one value of one key, in one place where the key means something.
struct Trial: Sendable {
    /// Everything that was found.
    var diagnostics: [Diagnostic]
    /// Makes a text of what the configuration came to; `nil` when it was refused.
    var outcome: @Sendable () -> String? = { nil }

    /// Whether the value cannot be used, or holds a key that means nothing.
    var isRefused: Bool {
        diagnostics.containsErrors || diagnostics.contains { $0.message.contains("unknown key") }
    }
}

extension [Diagnostic] {
    /// The keys that the finding about an unknown one lists as known; `nil` when there is no such finding.
    func knownKeys(insteadOf unknown: String) -> Set<String>? {
        for message in map(\.message) where message.contains("'\(unknown)'") {
            let ends = [" are allowed)", " is allowed)"]
            guard let end = ends.compactMap({ message.firstRange(of: $0) }).first,
                let start = message[..<end.lowerBound].lastIndex(of: "(")
            else { continue }
            let list = message[message.index(after: start)..<end.lowerBound]
            return Set(list.split(separator: ", ").map(String.init))
        }
        return nil
    }
}
