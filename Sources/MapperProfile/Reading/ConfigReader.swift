// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// Reads YAML and JSON files into trees in which every node knows its file, line and column.
///
/// Whatever the file holds, reading ends with trees or with one clear error, in time and memory bounded by the limits.
public struct ConfigReader: Sendable {
    let limits: ReadingLimits

    /// Creates a reader.
    public init(limits: ReadingLimits = ReadingLimits()) {
        self.limits = limits
    }

    /// Reads a file: one tree for each YAML document, exactly one for JSON.
    /// - Throws: `ConfigurationError` when the file cannot be read, is too large, or is neither YAML nor JSON.
    public func read(file path: String) throws(ConfigurationError) -> [ConfigNode] {
        try parse(try FileContents.read(path, limit: limits.bytes), file: path)
    }

    /// Reads bytes; `file` names them in places and its ending, `.json` or another, tells the language.
    /// - Throws: `ConfigurationError` when the bytes are neither YAML nor JSON.
    public func parse(_ bytes: [UInt8], file: String) throws(ConfigurationError) -> [ConfigNode] {
        guard bytes.count <= limits.bytes else {
            throw ConfigurationError(
                at: SourceLocation(file: file, line: 1, column: 1),
                "the file is too large: \(bytes.count) bytes, at most \(limits.bytes) are read"
            )
        }
        let check = TextCheck(bytes, file: file)
        let text = try check.utf8()
        if file.lowercased().hasSuffix(".json") { return [try json(text, file: file)] }
        let first = text.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
        // A YAML file that holds JSON is read as JSON, and as YAML only if it is not quite that.
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "["), let node = try? json(text, file: file) {
            return [node]
        }
        try check.checkYAML(text)
        var builder = try YAMLTreeBuilder(text, file: file, limits: limits)
        return try builder.documents()
    }

    private func json(_ text: [UInt8], file: String) throws(ConfigurationError) -> ConfigNode {
        var scanner = JSONScanner(text, map: .file(file), limits: limits)
        return try scanner.document()
    }
}
