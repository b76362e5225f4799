// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// Is a folder that is gone when nobody needs it any more, unless MAPPERKIT_KEEP_LOGS is set.
package final class ScratchFolder: Sendable {
    /// Where it is.
    package let url: URL

    /// Makes one.
    package init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "benchmarks-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        guard ProcessInfo.processInfo.environment["MAPPERKIT_KEEP_LOGS"] == nil else { return }
        try? FileManager.default.removeItem(at: url)
    }

    /// The path of a file in it.
    package func path(_ name: String) -> String { url.appending(path: name).path }

    /// Writes a file.
    /// - Returns: its path.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
        return path(name)
    }
}
