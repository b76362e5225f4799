// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// Tells without reading whether files are the same as before.
package struct FileFingerprint: Equatable {
    private struct Mark: Equatable {
        let path: String
        let device: UInt64
        let inode: UInt64
        let size: Int64
        let seconds: Int
        let nanoseconds: Int
    }

    private let marks: [Mark]
    /// The paths that lead nowhere.
    package let missing: [String]

    /// Looks at files, and at the files of directories as the profile loader picks them.
    package init(_ paths: [String]) {
        var marks: [Mark] = []
        var missing: [String] = []
        for path in paths {
            guard let mark = Self.mark(path) else {
                missing.append(path)
                continue
            }
            marks.append(mark)
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            marks += names.filter { !$0.hasPrefix(".") }.sorted().compactMap { Self.mark("\(path)/\($0)") }
        }
        self.marks = marks
        self.missing = missing
    }

    private static func mark(_ path: String) -> Mark? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return Mark(
            path: path,
            device: UInt64(status.st_dev),
            inode: UInt64(status.st_ino),
            size: Int64(status.st_size),
            seconds: status.st_mtim.tv_sec,
            nanoseconds: status.st_mtim.tv_nsec
        )
    }
}
