// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A ConfigMap with one file, kept up to date as kubelet does: a new directory, then one rename of the link to it.
struct MountedConfigMap {
    let directory: URL

    var file: URL { directory.appending(path: "deviceProfile.json") }

    /// Replaces the content at one stroke.
    func publish(_ content: String) throws {
        try replace { folder in
            try content.write(to: folder.appending(path: file.lastPathComponent), atomically: false, encoding: .utf8)
        }
        if (try? FileManager.default.destinationOfSymbolicLink(atPath: file.path)) == nil {
            try FileManager.default.createSymbolicLink(
                atPath: file.path,
                withDestinationPath: "..data/\(file.lastPathComponent)"
            )
        }
    }

    /// Replaces the content by none, as for a ConfigMap without keys.
    func publishNothing() throws {
        try replace { _ in }
        try FileManager.default.removeItem(at: file)
    }

    private func replace(_ fill: (URL) throws -> Void) throws {
        let files = FileManager.default
        let version = "..\(UUID().uuidString)"
        let folder = directory.appending(path: version)
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        try fill(folder)
        let data = directory.appending(path: "..data")
        let old = try? files.destinationOfSymbolicLink(atPath: data.path)
        try files.createSymbolicLink(atPath: data.path + "_tmp", withDestinationPath: version)
        guard rename(data.path + "_tmp", data.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        if let old { try files.removeItem(at: directory.appending(path: old)) }
    }
}
