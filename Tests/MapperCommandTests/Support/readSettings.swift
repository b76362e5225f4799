// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit

@testable import MapperCommand

/// Reads a configuration file of this text beside environment and options.
/// - Returns: the settings, and everything that was complained, without the folder of the file.
func readSettings(
    _ yaml: String?,
    environment: [String: String] = [:],
    _ overrides: SettingsOverrides = SettingsOverrides(),
    hasDMI: Bool = true
) throws -> (Settings?, String) {
    let stage = try Stage()
    if let yaml { try stage.file("config.yaml", yaml) }
    let reader = SettingsReader(
        program: .test,
        defaultFile: "\(stage.folder)/config.yaml",
        environment: environment,
        hasDMI: hasDMI
    )
    let outcome = reader.read(overrides)
    let text = outcome.diagnostics.sortedByPlace.map(\.description).joined(separator: "\n")
    return (outcome.settings, text.replacingOccurrences(of: stage.folder + "/", with: ""))
}
