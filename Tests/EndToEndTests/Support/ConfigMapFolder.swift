// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ProgramTesting
import Foundation

/// A mounted ConfigMap as kubelet makes one: files are links through `..data`, which is replaced in one step.
final class ConfigMapFolder {
    let path: String
    private let folder: ScratchFolder
    private let name: String
    private var generation = 0

    /// Mounts a ConfigMap with its first files.
    init(_ name: String, in folder: ScratchFolder, _ files: [String: String]) throws {
        self.name = name
        self.folder = folder
        path = folder.url.appending(path: name).path
        try replace(files)
        for file in files.keys { try link("\(path)/\(file)", to: "..data/\(file)") }
    }

    /// Replaces the contents of all files.
    func replace(_ files: [String: String]) throws {
        let older = generation
        generation += 1
        let directory = "..generation_\(generation)"
        for (file, text) in files { try folder.write(text, to: "\(name)/\(directory)/\(file)") }
        try link("\(path)/..data_tmp", to: directory)
        guard rename("\(path)/..data_tmp", "\(path)/..data") == 0 else { throw CocoaError(.fileWriteUnknown) }
        if older > 0 { try FileManager.default.removeItem(atPath: "\(path)/..generation_\(older)") }
    }

    private func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }
}
