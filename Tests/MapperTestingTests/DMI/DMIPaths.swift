// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Where the sockets of one test are.
struct DMIPaths: Sendable {
    var edge: String
    var mapper: String

    /// Gives a folder of its own, which goes away afterwards.
    static func with(_ body: (DMIPaths) async throws -> Void) async throws {
        let folder = "\(FileManager.default.temporaryDirectory.path)/dmi-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(DMIPaths(edge: "\(folder)/dmi.sock", mapper: "\(folder)/mapper.sock"))
    }
}
