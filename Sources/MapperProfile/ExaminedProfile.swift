// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// Holds everything that was found in profile files, and as much of the profile as can be used.
public struct ExaminedProfile: Sendable {
    /// The models and devices without errors; incomplete when there are any.
    public var profile: DeviceProfile
    /// Errors and warnings, in the order of the files.
    public var diagnostics: [Diagnostic]

    /// The profile, if there was no error.
    /// - Throws: `ConfigurationError` with all findings.
    public func loaded() throws(ConfigurationError) -> LoadedProfile {
        guard !diagnostics.containsErrors else { throw ConfigurationError(diagnostics) }
        return LoadedProfile(profile: profile, warnings: diagnostics)
    }
}
