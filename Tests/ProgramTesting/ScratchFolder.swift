// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// A folder that is gone when the test is over, unless MAPPERKIT_KEEP_LOGS is set.
package final class ScratchFolder {
    package let url: URL

    package init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "mapperkit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        guard ProcessInfo.processInfo.environment["MAPPERKIT_KEEP_LOGS"] == nil else { return }
        try? FileManager.default.removeItem(at: url)
    }

    /// Writes a file, with the folders around it.
    package func write(_ text: String, to path: String) throws {
        let file = url.appending(path: path)
        let around = file.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: around, withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }
}
