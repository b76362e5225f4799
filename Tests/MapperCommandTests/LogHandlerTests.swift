// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import MapperKit
import MapperTesting
import Testing

@testable import MapperCommand
@testable import MapperTesting

@Suite("Log lines")
struct LogHandlerTests {
    private let lines = Watched<[String]>([])

    private func logger(_ format: LogFormat, level: Logger.Level = .trace) -> Logger {
        let lines = lines
        return Logger(label: "test-mapper") { label in
            LineLogHandler(
                label: label,
                level: level,
                format: format,
                now: { Timestamp(milliseconds: 1_795_514_400_007) },
                sink: { line in lines.change { $0.append(line) } }
            )
        }
    }

    @Test("Text has time, level, program, device, message, then the rest in a fixed order")
    func text() {
        var logger = logger(.text)
        logger[metadataKey: LogKey.device] = "thermo-01"
        logger.info("reading fails", metadata: ["property": "temperature", "error": "no answer from 10.0.0.1"])
        logger.warning("plain")
        #expect(
            lines.now == [
                "2026-11-24T10:00:00.007Z info  test-mapper device=thermo-01 reading fails "
                    + "error=\"no answer from 10.0.0.1\" property=temperature",
                "2026-11-24T10:00:00.007Z warning test-mapper device=thermo-01 plain",
            ]
        )
    }

    @Test("Nothing that a device or a file says can break a line or steer a terminal")
    func controls() {
        let hostile = "a\nb\r\tc\u{1B}[31m\u{7F}\u{9B}\u{2028}\"=\\"
        logger(.text).info("\(hostile)", metadata: ["k\n": "\(hostile)"])
        #expect(
            lines.now == [
                "2026-11-24T10:00:00.007Z info  test-mapper a\\nb\\r\\tc\\u001b[31m\\u007f\\u009b\\u2028\"=\\ "
                    + "k\\n=\"a\\nb\\r\\tc\\u001b[31m\\u007f\\u009b\\u2028\\\"=\\\\\""
            ]
        )
    }

    @Test("JSON is one object a line that a parser gives back unchanged")
    func json() throws {
        let hostile = "a\nb\u{1B}\u{2028}\"\\ü😀"
        var logger = logger(.json)
        logger[metadataKey: LogKey.device] = "thermo-01"
        logger.error("\(hostile)", metadata: ["time": "mine", "list": ["x", ["y": "z"]], "k": "\(hostile)"])
        let line = try #require(lines.now.first)
        #expect(!line.contains("\n"))
        let object = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(object["time"] as? String == "2026-11-24T10:00:00.007Z")
        #expect(object["metadata.time"] as? String == "mine")
        #expect(object["level"] as? String == "error")
        #expect(object["logger"] as? String == "test-mapper")
        #expect(object["device"] as? String == "thermo-01")
        #expect(object["message"] as? String == hostile)
        #expect(object["k"] as? String == hostile)
        #expect((object["list"] as? [Any])?.count == 2)
        #expect(object.count == 8)
    }

    @Test("What is below the level is left out", arguments: [(Logger.Level.info, 1), (.debug, 2), (.error, 0)])
    func levels(level: Logger.Level, count: Int) {
        let logger = logger(.text, level: level)
        logger.debug("d")
        logger.info("i")
        #expect(lines.now.count == count)
    }

    @Test("Metadata of one logger does not leak into its copy, and an entry's own wins")
    func valueSemantics() {
        var first = logger(.text)
        first[metadataKey: "k"] = "1"
        var second = first
        second[metadataKey: "k"] = "2"
        first.info("x")
        second.info("x", metadata: ["k": "3"])
        #expect(lines.now.map { $0.suffix(3) } == ["k=1", "k=3"])
    }

    @Test(
        "Values are quoted where their end would not be seen",
        arguments: [("a", "a"), ("", "\"\""), ("a b", "\"a b\""), ("a=b", "\"a=b\""), ("\\", "\\"), ("°C", "°C")]
    )
    func quoting(value: String, written: String) {
        #expect(LogText.value(value) == written)
    }
}
