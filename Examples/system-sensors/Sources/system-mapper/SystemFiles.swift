// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
import MapperKit

/// Is the kernel's files of one machine.
struct SystemFiles: Sendable {
    /// The path they begin with, without a slash at its end.
    private let root: String

    init(root: String) { self.root = root.hasSuffix("/") ? String(root.dropLast()) : root }

    /// The names in a folder; none where there is no such folder.
    func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
    }

    /// A file's text, without blanks around it.
    /// - Throws: ``DeviceError`` that names the file.
    func text(_ path: String) throws -> String {
        do {
            let text = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
            let end = text.lastIndex { !$0.isWhitespace }
            return String(end.map { text[...$0] } ?? "")
        } catch {
            throw DeviceError(.rejected, "\(root)/\(path) cannot be read: missing, not permitted, or without a value")
        }
    }

    /// One of the numbers in a file, between blanks, counted from 0.
    /// - Throws: ``DeviceError`` that names the file.
    func number(_ position: Int, in path: String) throws -> Double {
        let words = try text(path).split(whereSeparator: \.isWhitespace)
        guard words.indices.contains(position), let number = Double(words[position]) else {
            throw DeviceError(.malformedResponse, "\(root)/\(path) has no number at place \(position + 1)")
        }
        return number
    }

    /// One of the sizes in `/proc/meminfo`, in bytes.
    /// - Throws: ``DeviceError`` when there is none of the name.
    func memory(_ name: String) throws -> Int64 {
        for line in try text("proc/meminfo").split(whereSeparator: \.isNewline) {
            let words = line.split(separator: " ")
            guard words.first == "\(name):", words.count > 1, let kilobytes = Int64(words[1]) else { continue }
            return kilobytes * 1024
        }
        throw DeviceError(.malformedResponse, "\(root)/proc/meminfo does not say \(name)")
    }

    /// What there is and what is free for everybody on the disk that a path is on, in bytes; what is used, in percent,
    /// as `df` has it.
    /// - Throws: ``DeviceError`` when there is no such path.
    func disk(_ path: String) throws -> (total: Int64, available: Int64, used: Double) {
        var facts = statvfs()
        guard statvfs("\(root)\(path)", &facts) == 0 else {
            throw DeviceError(.rejected, "\(root)\(path): \(String(cString: strerror(errno)))")
        }
        let block = Int64(facts.f_frsize)
        let (all, free, available) = (Int64(facts.f_blocks), Int64(facts.f_bfree), Int64(facts.f_bavail))
        let usable = all - free + available
        return (all * block, available * block, usable > 0 ? 100 * Double(all - free) / Double(usable) : 0)
    }
}
