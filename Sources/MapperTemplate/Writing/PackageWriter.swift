// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// Writes a package as a whole, or nothing of it.
///
/// It grows beside its place, under a name with a point in front, and gets there in one step at the end.
package struct PackageWriter: Sendable {
    private let place: PackagePlace

    /// Creates a writer for a place.
    package init(to place: PackagePlace) {
        self.place = place
    }

    /// Writes files.
    /// - Parameter isInterrupted: Asked between any two steps; whether to stop, and leave nothing behind.
    /// - Throws: ``NewMapperError``; then everything is as before.
    package func write(_ files: [TemplateFile], isInterrupted: () -> Bool = { false }) throws(NewMapperError) {
        let draft = try makeDraft()
        do {
            for file in files {
                try stop(if: isInterrupted())
                try write(file, to: draft)
            }
            try setMode(of: draft)
            try stop(if: isInterrupted())
            try move(draft)
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw error
        }
    }

    private func makeDraft() throws(NewMapperError) -> String {
        var pattern = Array("\(place.parent)/.\(place.name).XXXXXX\0".utf8CString)
        let isMade = unsafe pattern.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            return unsafe mkdtemp(start) != nil
        }
        guard isMade else { throw refusal(Path.reason()) }
        return String(decoding: pattern.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func write(_ file: TemplateFile, to draft: String) throws(NewMapperError) {
        let path = "\(draft)/\(file.path)"
        do {
            if let slash = path.lastIndex(of: "/") {
                try FileManager.default.createDirectory(
                    atPath: String(path[..<slash]),
                    withIntermediateDirectories: true
                )
            }
            try Data(file.text.utf8).write(to: URL(filePath: path))
        } catch {
            throw refusal("\(file.path): \(error)")
        }
    }

    /// Gives the folder the mode that it has already, or any new one would get; so far it is this user's alone.
    private func setMode(of draft: String) throws(NewMapperError) {
        guard unsafe chmod(draft, place.mode ?? Self.modeOfNewFolders) == 0 else { throw refusal(Path.reason()) }
    }

    private static var modeOfNewFolders: mode_t {
        // There is no way to ask for it only.
        let mask = umask(0o022)
        umask(mask)
        return 0o777 & ~mask
    }

    private func move(_ draft: String) throws(NewMapperError) {
        // Takes the place of an empty folder, and of nothing else.
        guard unsafe rename(draft, place.path) == 0 else { throw refusal(Path.reason()) }
    }

    private func stop(if isInterrupted: Bool) throws(NewMapperError) {
        if isInterrupted { throw NewMapperError(.interrupted, "interrupted; nothing was made") }
    }

    private func refusal(_ reason: String) -> NewMapperError {
        PackagePlace.refusal(of: place.path, reason)
    }
}
