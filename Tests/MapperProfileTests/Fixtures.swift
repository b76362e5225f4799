// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Finds the third-party files that tests read and this repository does not hold.
enum Fixtures {
    static let root = ProcessInfo.processInfo.environment["MAPPERKIT_FIXTURES"]

    static var areThere: Bool { root != nil }

    static func path(_ name: String) -> String { "\(root ?? "")/\(name)" }

    /// All files under a folder whose name has an ending, as paths relative to the fixtures.
    static func files(under folder: String, ending: String) -> [String] {
        let base = path(folder)
        guard let names = FileManager.default.enumerator(atPath: base) else { return [] }
        return names.compactMap { $0 as? String }.filter { $0.hasSuffix(ending) }.map { "\(folder)/\($0)" }.sorted()
    }
}
