// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit

@testable import MapperProfile

/// Asks Python's jsonschema what the schemas have against documents.
enum SchemaVerdicts {
    /// A document, and the part of a schema that it has to match.
    struct Question: Sendable {
        var schema: SchemaFile
        /// The JSON pointer of the part; empty for the whole.
        var pointer = ""
        var document: ConfigNode
    }

    struct Answer: Decodable {
        /// The reason for each schema that is none.
        var invalid: [String: String]
        /// The complaints about each document.
        var answers: [[String]]
    }

    /// Python ended with an error.
    struct Failure: Error {
        var status: Int32
    }

    /// The system's Python, which sees the packages that `Tests/install-packages.sh` installs.
    private static let python = "/usr/bin/python3"

    /// Whether jsonschema can be imported.
    static let isAvailable: Bool = {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", "import jsonschema"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// The complaints about each document, in the order of the questions.
    static func complaints(_ questions: [Question]) throws -> [[String]] { try ask(questions).answers }

    /// Asks all questions at once, as each start of Python takes its time.
    static func ask(_ questions: [Question]) throws -> Answer {
        let schemas = SchemaFile.allCases.map {
            ConfigNode.Entry($0.rawValue, ConfigNode(.string(Project.path($0.rawValue))))
        }
        let request = ConfigNode(
            .mapping([
                ConfigNode.Entry("schemas", ConfigNode(.mapping(schemas))),
                ConfigNode.Entry("questions", ConfigNode(.sequence(questions.map(node)))),
            ])
        )
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: python)
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("schema_verdicts.py")
        process.arguments = [script.path]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: Data(request.json.utf8))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return try JSONDecoder().decode(Answer.self, from: answer)
    }

    private static func node(_ question: Question) -> ConfigNode {
        [ConfigNode(.string(question.schema.rawValue)), ConfigNode(.string(question.pointer)), question.document]
    }
}

extension ConfigNode {
    /// The node as JSON.
    var json: String { jsonText(atMost: 1 << 30) ?? "" }
}
