// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// Holds a profile that can be used, and what is doubtful about it.
public struct LoadedProfile: Sendable {
    /// The profile.
    public var profile: DeviceProfile
    /// The warnings, in the order of the files.
    public var warnings: [Diagnostic]

    /// Creates a loaded profile.
    public init(profile: DeviceProfile, warnings: [Diagnostic]) {
        self.profile = profile
        self.warnings = warnings
    }
}
