// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit

@testable import MapperCommand
@testable import MapperProfile

extension KeyGroup {
    /// The configuration file and the groups in it.
    static let settings: [KeyGroup] =
        ["", "mqtt", "common", "grpc_server", "dmi", "log", "report", "shutdown"].map { group in
            KeyGroup(schema: .config, pointer: group.isEmpty ? "" : "/properties/\(group)") { key, value in
                let path = (group.isEmpty ? [] : [group]) + [key]
                return AnySequence([try settingsTrial(at: path, value)])
            }
        }

    /// Tries a key of the configuration file.
    static func settingsTrial(at path: [String], _ value: ConfigNode?) throws -> Trial {
        let base = base(for: path)
        let tree = value.map { base.changing(path, to: $0) } ?? base.removing(path)
        // Whether files are there is no matter of the key's value.
        if files.contains(path) {
            let outcome = ConfigDecoder.decode(SettingsTree.self, from: tree, subject: "configuration")
            let text = outcome.value.map { "\($0)" }
            return Trial(diagnostics: outcome.diagnostics) { text }
        }
        return try settingsTrial(of: tree)
    }

    /// Reads a configuration file.
    static func settingsTrial(of tree: ConfigNode) throws -> Trial {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("config-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(tree.json.utf8).write(to: file)
        let program = ProgramIdentity(name: "test-mapper", version: "v1")
        let reader = SettingsReader(program: program, defaultFile: "", environment: [:], hasDMI: true)
        let outcome = reader.read(SettingsOverrides(configFile: file.path))
        let settings = outcome.settings
        // Settings remember where a key stands; each trial is a file of its own.
        return Trial(diagnostics: outcome.diagnostics) { settings.map { "\($0)".replacing(file.path, with: "config") } }
    }

    /// The rest of a file in which a key means something.
    private static func base(for path: [String]) -> ConfigNode {
        switch path.first {
        case "common" where path.count > 1, "grpc_server",
            "dmi" where path.count > 1:
            ["common": ["edgecore_sock": "/run/edge.sock"]]
        case "mqtt" where path.last == "password": ["mqtt": ["username": "mapper", "clientId": "mapper"]]
        // Without a name of its own a client has another one each time, and no two configurations are the same.
        default: ["mqtt": ["clientId": "mapper"]]
        }
    }

    private static let files = [
        "passwordFile", "caCert", "certification", "certificationFile", "privatekey", "privateKeyFile",
    ].map { ["mqtt", $0] }
}
