// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile
import Testing

/// What must come of loading one third-party file, with others it refers to.
struct Expectation: Sendable, CustomTestStringConvertible {
    enum Result: Equatable, Sendable {
        case loads(models: Int, devices: Int, properties: Int, warnings: Int)
        /// The first error, without the file's name.
        case refused(String)
    }

    var files: [String]
    var result: Result

    var testDescription: String { files[0] }

    static func loads(
        _ names: String,
        _ models: Int,
        _ devices: Int,
        _ properties: Int,
        warnings: Int = 0
    ) -> Expectation {
        let result = Result.loads(models: models, devices: devices, properties: properties, warnings: warnings)
        return Expectation(files: names.split(separator: " + ").map(String.init), result: result)
    }

    static func refused(_ names: String, _ complaint: String) -> Expectation {
        Expectation(files: names.split(separator: " + ").map(String.init), result: .refused(complaint))
    }

    /// A file of another kind, such as a mapper's own configuration.
    static func noProfile(_ name: String) -> Expectation {
        refused(
            name,
            "1:1: error: neither a device profile (deviceInstances, deviceModels, protocols, propertyVisitors) nor a Kubernetes object (apiVersion, kind)"
        )
    }

    func under(_ folder: String) -> Expectation {
        Expectation(files: files.map { folder + $0 }, result: result)
    }

    /// What really comes of it, and everything that was said.
    func load() -> (result: Result, diagnostics: [Diagnostic]) {
        do {
            let loaded = try ProfileLoader().load(files.map(Fixtures.path))
            let properties = loaded.profile.devices.map(\.properties.count).reduce(0, +)
            let result = Result.loads(
                models: loaded.profile.models.count,
                devices: loaded.profile.devices.count,
                properties: properties,
                warnings: loaded.warnings.count
            )
            return (result, loaded.warnings)
        } catch {
            let first = error.diagnostics.first { $0.severity == .error }?.description ?? ""
            return (.refused(first.replacing("\(Fixtures.path(files[0])):", with: "")), error.diagnostics)
        }
    }
}
