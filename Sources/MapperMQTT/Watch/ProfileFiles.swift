// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile

/// Decides what a look at the profile's files means.
struct ProfileFiles {
    /// What there is to do.
    enum Finding: Equatable {
        /// Nothing: the files mean what they meant before, or their faults were said already.
        case nothingNew
        /// A new profile, and what is doubtful about it.
        case changed(DeviceProfile, warnings: [Diagnostic])
        /// The files cannot be used; the profile before stays in force.
        case refused([Diagnostic])
        /// Files are gone; the profile before stays in force.
        case missing([String])
    }

    private(set) var current: DeviceProfile
    private var fingerprint: FileFingerprint?
    private var lastFinding = Finding.nothingNew

    /// Starts with the profile in force.
    init(current: DeviceProfile) {
        self.current = current
    }

    /// Looks at the files.
    mutating func look(
        _ fingerprint: FileFingerprint,
        load: () throws(ConfigurationError) -> LoadedProfile
    ) -> Finding {
        guard fingerprint != self.fingerprint else { return .nothingNew }
        self.fingerprint = fingerprint
        let finding = Self.finding(fingerprint, current, load)
        defer { lastFinding = finding }
        if case .changed(let profile, _) = finding { current = profile }
        return finding == lastFinding ? .nothingNew : finding
    }

    private static func finding(
        _ fingerprint: FileFingerprint,
        _ current: DeviceProfile,
        _ load: () throws(ConfigurationError) -> LoadedProfile
    ) -> Finding {
        guard fingerprint.missing.isEmpty else { return .missing(fingerprint.missing) }
        do throws(ConfigurationError) {
            let loaded = try load()
            return loaded.profile == current ? .nothingNew : .changed(loaded.profile, warnings: loaded.warnings)
        } catch {
            return .refused(error.diagnostics)
        }
    }
}
