// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells which MapperKit a program was built with.
package enum MapperKitVersion {
    /// The version in the form of semver.org.
    package static let current = "0.1.0"
}
