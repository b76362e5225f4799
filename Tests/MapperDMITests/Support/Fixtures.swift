// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Recordings of real EdgeCores, which are not part of this repository.
enum Fixtures {
    static let root = ProcessInfo.processInfo.environment["MAPPERKIT_FIXTURES"].map { URL(fileURLWithPath: $0) }
    static var areHere: Bool { root != nil }

    /// The contents of a file; the test is disabled where there are none.
    static func data(_ path: String) throws -> Data {
        try Data(contentsOf: (root ?? URL(fileURLWithPath: "/")).appending(path: path))
    }
}
