// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Benchmarking
import Foundation

/// Reads a file that grows, each line once.
struct LineFollower {
    private let file: FileHandle
    private var rest = Data()

    init(_ url: URL) throws { file = try FileHandle(forReadingFrom: url) }

    /// The lines that have been finished since the last time.
    mutating func next() throws -> [Substring] {
        rest += try file.readToEnd() ?? Data()
        guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        let text = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
        rest = Data(rest[(end + 1)...])
        return text.split(separator: "\n")
    }
}
