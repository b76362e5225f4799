// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import MapperKit
package import MapperProfile

/// Decides what a look at the profile's files means.
package struct ProfileFiles {
    /// What there is to do.
    package enum Finding: Equatable {
        /// Nothing: the files mean what they meant before, or their faults were said already.
        case nothingNew
        /// A new profile, and what is doubtful about it.
        case changed(DeviceProfile, warnings: [Diagnostic])
        /// The files cannot be used; the profile before stays in force, if there was one.
        case refused([Diagnostic])
        /// Files are gone; the profile before stays in force.
        case missing([String])
        /// Files are not there yet, nor was any profile.
        case awaited([String])
    }

    package private(set) var current: DeviceProfile
    /// Whether there was a profile at all so far; before the first ConfigMap there is none.
    package private(set) var hasProfile: Bool
    private var fingerprint: FileFingerprint?
    private var lastFinding = Finding.nothingNew

    /// Starts with the profile in force, an empty one if there is none yet.
    package init(current: DeviceProfile) {
        self.current = current
        hasProfile = current != DeviceProfile()
    }

    /// Looks at the files.
    package mutating func look(
        _ fingerprint: FileFingerprint,
        load: () throws(ConfigurationError) -> LoadedProfile
    ) -> Finding {
        guard fingerprint != self.fingerprint else { return .nothingNew }
        self.fingerprint = fingerprint
        let finding = finding(fingerprint, load)
        defer { lastFinding = finding }
        return finding == lastFinding ? .nothingNew : finding
    }

    private mutating func finding(
        _ fingerprint: FileFingerprint,
        _ load: () throws(ConfigurationError) -> LoadedProfile
    ) -> Finding {
        guard fingerprint.missing.isEmpty else {
            return hasProfile ? .missing(fingerprint.missing) : .awaited(fingerprint.missing)
        }
        do throws(ConfigurationError) {
            let loaded = try load()
            hasProfile = true
            guard loaded.profile != current else { return .nothingNew }
            current = loaded.profile
            return .changed(loaded.profile, warnings: loaded.warnings)
        } catch {
            return .refused(error.diagnostics)
        }
    }
}
