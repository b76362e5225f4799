// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

internal import CLibYAML
import MapperKit

/// Owns one libyaml parser and the text it reads.
@safe struct YAMLEventSource: ~Copyable {
    // The parser keeps a pointer to itself, so it must not move: it lives on the heap.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeMutableBufferPointer<UInt8>
    private let file: String

    /// Takes UTF-8 without a byte order mark.
    init(_ bytes: [UInt8], file: String) throws(ConfigurationError) {
        self.file = file
        unsafe text = .allocate(capacity: max(bytes.count, 1))
        _ = unsafe text.initialize(from: bytes.isEmpty ? [0x20] : bytes)
        unsafe parser = .allocate(capacity: 1)
        unsafe parser.initialize(to: yaml_parser_t())
        guard unsafe yaml_parser_initialize(parser) == 1 else {
            throw ConfigurationError(at: nil, "cannot read '\(file)': not enough memory")
        }
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
        unsafe text.deallocate()
    }

    /// The next step; after `streamEnd` there is none.
    mutating func next() throws(ConfigurationError) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw problem() }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe Self.translate(event)
    }

    private static func translate(_ event: yaml_event_t) -> YAMLEvent {
        var anchor: UnsafeMutablePointer<UInt8>?
        var tag: UnsafeMutablePointer<UInt8>?
        let kind: YAMLEvent.Kind
        switch unsafe event.type {
        case YAML_STREAM_START_EVENT: kind = .streamStart
        case YAML_DOCUMENT_START_EVENT: kind = .documentStart
        case YAML_DOCUMENT_END_EVENT: kind = .documentEnd
        case YAML_ALIAS_EVENT: kind = .alias(unsafe text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            unsafe (anchor, tag) = (scalar.anchor, scalar.tag)
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let value = unsafe String(decoding: bytes, as: UTF8.self)
            kind = .scalar(value, isPlain: unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE)
        case YAML_SEQUENCE_START_EVENT:
            unsafe (anchor, tag) = (event.data.sequence_start.anchor, event.data.sequence_start.tag)
            kind = .sequenceStart
        case YAML_SEQUENCE_END_EVENT: kind = .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            unsafe (anchor, tag) = (event.data.mapping_start.anchor, event.data.mapping_start.tag)
            kind = .mappingStart
        case YAML_MAPPING_END_EVENT: kind = .mappingEnd
        default: kind = .streamEnd
        }
        return YAMLEvent(
            kind: kind,
            anchor: unsafe text(anchor),
            tag: unsafe text(tag),
            line: Int(unsafe event.start_mark.line) + 1,
            column: Int(unsafe event.start_mark.column) + 1
        )
    }

    private static func text(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe String(cString: pointer)
    }

    private func problem() -> ConfigurationError {
        let mark = unsafe parser.pointee.problem_mark
        let place = SourceLocation(file: file, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
        let what = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "unknown problem"
        guard let context = unsafe parser.pointee.context.map({ unsafe String(cString: $0) }) else {
            return ConfigurationError(at: place, "not valid YAML: \(what)")
        }
        let start = unsafe parser.pointee.context_mark
        let from = "line \(Int(start.line) + 1), column \(Int(start.column) + 1)"
        return ConfigurationError(at: place, "not valid YAML: \(what) (\(context), from \(from))")
    }
}
