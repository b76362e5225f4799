// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells which MapperKit a program was built with.
enum MapperKitVersion {
    /// The version in the form of semver.org.
    static let current = "0.1.0"
}
