// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// Is where a new package goes: a folder that is not there yet, or is empty.
package struct PackagePlace: Equatable, Sendable {
    /// The folder that it goes into, without symbolic links.
    let parent: String
    /// The package's own folder in there.
    let name: String
    /// The mode of the folder that is there already; `nil` when there is none.
    let mode: mode_t?

    /// The package's folder, without symbolic links.
    package var path: String { parent == "/" ? "/\(name)" : "\(parent)/\(name)" }

    /// Takes a path.
    /// - Parameter workingDirectory: Where relative paths start.
    /// - Throws: ``NewMapperError`` when nothing new can be there.
    package init(_ path: String, workingDirectory: String) throws(NewMapperError) {
        guard !path.isEmpty, !path.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw NewMapperError(
                .usage,
                "the folder '\(path.shortened)' cannot be taken: allowed is a path without control characters"
            )
        }
        let absolute = path.hasPrefix("/") ? path : "\(workingDirectory)/\(path)"
        let existing = Path.resolved(absolute)
        guard existing == nil || existing != Path.resolved(workingDirectory) else {
            throw Self.refusal(of: path, "it is the folder that this is called from; allowed is one beside or below it")
        }
        let parts = (existing ?? absolute).split(separator: "/")
        guard let name = parts.last, name != ".", name != ".." else {
            throw Self.refusal(of: path, "it has no name that could be made")
        }
        let around = "/" + parts.dropLast().joined(separator: "/")
        guard let parent = Path.resolved(around) else {
            throw Self.refusal(of: path, "there is no folder '\(around.shortened)' for it: \(Path.reason())")
        }
        self.parent = parent
        self.name = String(name)
        mode = try Self.modeOfEmptyFolder(at: parent == "/" ? "/\(name)" : "\(parent)/\(name)", givenAs: path)
    }

    private static func modeOfEmptyFolder(at path: String, givenAs text: String) throws(NewMapperError) -> mode_t? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            guard errno == ENOENT else { throw refusal(of: text, Path.reason()) }
            return nil
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw refusal(of: text, "something is there that is no folder; allowed is a new folder, or an empty one")
        }
        do {
            guard try FileManager.default.contentsOfDirectory(atPath: path).isEmpty else {
                throw refusal(of: text, "it is not empty; allowed is a new folder, or an empty one")
            }
        } catch let error as NewMapperError {
            throw error
        } catch {
            throw refusal(of: text, "\(error)")
        }
        return status.st_mode & 0o7777
    }

    static func refusal(of path: String, _ reason: String) -> NewMapperError {
        NewMapperError(.cannotCreate, "the mapper cannot be made in '\(path.shortened)': \(reason)")
    }
}
