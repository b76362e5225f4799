// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// This checkout, by the place of its tests.
enum Checkout {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        .standardizedFileURL

    /// Swift sources of a folder, all levels of it.
    static func sources(in folder: String) throws -> [String] {
        try files(in: folder).filter { $0.hasSuffix(".swift") }.map {
            try String(contentsOf: root.appending(path: folder).appending(path: $0), encoding: .utf8)
        }
    }

    /// The files of a folder, all levels of it, without what is only there because something was built.
    static func files(in folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
            .filter { path in
                !path.split(separator: "/").contains {
                    $0.hasPrefix(".build") || $0 == ".swiftpm" || $0 == "Package.resolved"
                }
            }
            .filter { path in
                let values = try? root.appending(path: folder).appending(path: path).resourceValues(forKeys: [
                    .isDirectoryKey
                ])
                return values?.isDirectory != true
            }
            .sorted()
    }
}
