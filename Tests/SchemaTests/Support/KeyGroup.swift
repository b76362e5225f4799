// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import Testing

/// A group of keys that some decoder reads and some part of a schema describes.
///
/// Which keys there are and what they may hold is asked from the decoder itself.
struct KeyGroup: Sendable, CustomTestStringConvertible {
    /// A key that no decoder knows, nor takes for a slip of the pen.
    static let unknownKey = "zz-no-such-key"

    /// The schema.
    var schema: SchemaFile
    /// The JSON pointer of the part that describes the group.
    var pointer: String
    /// Decodes the group with a key set to a value, or as it is for `nil`, wherever the key means something; gives
    /// what comes of it in each of these places, which is found out only when it is asked for.
    var trials: @Sendable (_ key: String, _ value: ConfigNode?) throws -> AnySequence<Trial>

    var testDescription: String { pointer.isEmpty ? schema.rawValue : pointer }

    /// The keys that the decoder asks for.
    func knownKeys() throws -> Set<String> {
        let trials = Array(try trials(Self.unknownKey, 1))
        let sets = trials.compactMap { $0.diagnostics.knownKeys(insteadOf: Self.unknownKey) }
        guard !sets.isEmpty, sets.count == trials.count else { throw NoKeys(trials: trials) }
        return sets.reduce(into: []) { $0.formUnion($1) }
    }

    /// The decoder said nothing about a key that it cannot know.
    struct NoKeys: Error {
        var trials: [Trial]
    }
}
