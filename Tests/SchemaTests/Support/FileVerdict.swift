// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import BluetoothDriver
import MapperKit
import MapperProfile
import ModbusDriver

@testable import MapperCommand

/// What loader and schema say about one file.
struct FileVerdict {
    /// The file, as a table shows it.
    var name: String
    /// What loader, drivers or the configuration's reader found in the file.
    var findings: [Diagnostic]
    /// What the schema has against it.
    var complaints: [String]

    /// Whether the two agree: what one refuses the other refuses, or the loader warns.
    var difference: Difference? {
        if complaints.isEmpty { return findings.containsErrors ? .onlyLoader : nil }
        return findings.isEmpty ? .onlySchema : nil
    }

    enum Difference {
        /// The loader has an error, the schema nothing.
        case onlyLoader
        /// The schema has something, the loader not even a warning.
        case onlySchema
    }

    /// A line of a table.
    var line: String {
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count - errors
        let loader =
            errors > 0 ? "refuses (\(errors))" : warnings > 0 ? "warns (\(warnings))" : "takes it"
        return "| \(name) | \(loader) | \(complaints.isEmpty ? "takes it" : "refuses (\(complaints.count))") |"
    }

    /// Asks the loader and the drivers about files of devices, each beside the file of its models, and the schema.
    static func profiles(_ files: [(name: String, path: String, models: [String])]) throws -> [FileVerdict] {
        try verdicts(
            files.map { file in
                (file.name, file.path, SchemaFile.profile, findings(in: file.path, beside: file.models))
            }
        )
    }

    /// Asks the configuration's reader and the schema about configuration files.
    static func configurations(_ files: [(name: String, path: String)]) throws -> [FileVerdict] {
        try verdicts(
            files.map { file in
                let program = ProgramIdentity(name: "test-mapper", version: "v1")
                let reader = SettingsReader(program: program, defaultFile: "", environment: [:], hasDMI: true)
                let outcome = reader.read(SettingsOverrides(configFile: file.path))
                return (file.name, file.path, SchemaFile.config, outcome.diagnostics)
            }
        )
    }

    private static func findings(in path: String, beside models: [String]) -> [Diagnostic] {
        let examined = ProfileLoader().examine([path] + models)
        let found =
            examined.diagnostics + DriverBinding(ModbusDriver()).bind(examined.profile).diagnostics
            + DriverBinding(BluetoothDriver()).bind(examined.profile).diagnostics
        return found.filter { $0.location?.file ?? path == path }
    }

    /// A file that cannot be read at all has no document for the schema to look at; an editor shows as much.
    private static func verdicts(
        _ files: [(name: String, path: String, schema: SchemaFile, findings: [Diagnostic])]
    ) throws -> [FileVerdict] {
        let documents = files.map { (try? ConfigReader().read(file: $0.path)) ?? [] }
        let questions = zip(files, documents).flatMap { file, documents in
            documents.map { SchemaVerdicts.Question(schema: file.schema, document: $0) }
        }
        var answers = try SchemaVerdicts.complaints(questions)[...]
        return zip(files, documents).map { file, documents in
            let complaints = answers.prefix(documents.count).flatMap(\.self)
            answers = answers.dropFirst(documents.count)
            return FileVerdict(
                name: file.name,
                findings: file.findings,
                complaints: documents.isEmpty ? ["not readable"] : Array(complaints)
            )
        }
    }
}
