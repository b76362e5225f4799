// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// One step of a YAML text, with its place.
struct YAMLEvent {
    /// What an anchor, a tag and a place can be attached to.
    enum Kind {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias(String)
        /// A plain scalar is one without quotes, whose type its text decides.
        case scalar(String, isPlain: Bool)
        case sequenceStart
        case sequenceEnd
        case mappingStart
        case mappingEnd
    }

    var kind: Kind
    var anchor: String?
    var tag: String?
    /// Counted from 1.
    var line: Int
    /// In characters, counted from 1.
    var column: Int
}
