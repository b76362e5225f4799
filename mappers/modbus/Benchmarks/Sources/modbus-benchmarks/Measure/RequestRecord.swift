// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking
import Foundation

/// Is what a simulator's log says of a request.
struct RequestRecord: Sendable {
    /// Seconds since 1970.
    var time: Double
    var unit: Int
    var function: Int
    var address: Int
    var count: Int
    /// Where it came in: `tcp 127.0.0.1:1502`.
    var place: Substring
    var faults: [Substring]

    /// Reads a line; `nil` when it tells of a connection.
    init?(_ line: Substring) {
        guard let time = Self.number("\"t\":", in: line), let unit = Self.number("\"u\":", in: line),
            let function = Self.number("\"fc\":", in: line), let address = Self.number("\"a\":", in: line),
            let count = Self.number("\"n\":", in: line)
        else { return nil }
        self.time = time
        (self.unit, self.function) = (Int(unit), Int(function))
        (self.address, self.count) = (Int(address), Int(count))
        place = Self.rest("\"on\":\"", in: line)?.prefix { $0 != "\"" } ?? ""
        faults =
            Self.rest("\"faults\":[", in: line)?.prefix { $0 != "]" }.split(separator: ",")
            .map { $0.dropFirst().dropLast() } ?? []
    }

    /// Reads a log, a piece at a time, as it may be long.
    static func forEach(in path: String, _ body: (RequestRecord) -> Void) throws {
        guard let file = FileHandle(forReadingAtPath: path) else { throw BenchmarkFailure("no request log at \(path)") }
        var rest = Data()
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            rest += piece
            guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { continue }
            let text = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
            for line in text.split(separator: "\n") { RequestRecord(line).map(body) }
            rest = Data(rest[(end + 1)...])
        }
    }

    /// All requests of a log.
    static func all(in path: String) throws -> [RequestRecord] {
        var records: [RequestRecord] = []
        try forEach(in: path) { records.append($0) }
        return records
    }

    private static func number(_ key: String, in line: Substring) -> Double? {
        rest(key, in: line).flatMap { Double($0.prefix { "0123456789.".contains($0) }) }
    }

    private static func rest(_ key: String, in line: Substring) -> Substring? {
        line.firstRange(of: key).map { line[$0.upperBound...] }
    }
}
