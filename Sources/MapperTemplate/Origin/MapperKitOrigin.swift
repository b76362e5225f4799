// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says where a mapper's package takes MapperKit from.
package enum MapperKitOrigin: Equatable, Sendable {
    /// From a folder, by its path from the mapper's folder or by an absolute one.
    case folder(String)
    /// From a repository, by version.
    case repository(RepositoryAddress)
}
