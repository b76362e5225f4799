// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is a mapper to be made: what is to be written into its folder, and what to do there then.
package struct NewMapper: Sendable {
    /// Its name.
    package let name: MapperName
    /// The protocol it speaks.
    package let protocolName: ProtocolName
    /// Where its package takes MapperKit from.
    package let origin: MapperKitOrigin

    /// Describes a mapper.
    package init(name: MapperName, protocolName: ProtocolName, origin: MapperKitOrigin) {
        self.name = name
        self.protocolName = protocolName
        self.origin = origin
    }

    /// Its files.
    package var files: [TemplateFile] {
        BundledTemplate.files.map { file in
            var text = file.path.hasSuffix(".swift") ? Self.withoutHeader(file.text) : file.text
            for edit in origin.edits where edit.path == file.path { text.replace(edit.old, with: edit.new) }
            text = substitution.applied(to: text)
            if file.path.hasSuffix(".swift") { text = Self.withSortedImports(text) }
            return TemplateFile(path: substitution.applied(to: file.path), text: text)
        }
    }

    /// The files that its author goes on with.
    package var filesToEdit: [String] {
        [
            "Sources/\(name.driver)/\(name.driver).swift",
            "Sources/\(name.program)/\(name.main).swift",
        ]
    }

    /// What its author runs next, from the folder where the path makes sense.
    /// - Parameter path: The mapper's folder.
    package func commands(in path: String) -> [String] {
        let folder = ShellWord.quoted(path)
        let devices = ShellWord.quoted(path == "/" ? "/devices" : "\(path)/devices")
        let run = "swift run --package-path \(folder) \(name.program)"
        return [
            "swift build --package-path \(folder)",
            "swift test --package-path \(folder)",
            "\(run) validate \(devices)",
            "\(run) run --profile \(devices)",
        ]
    }

    private var substitution: Substitution {
        Substitution([
            ("Template", name.text),
            ("template-mapper", name.program),
            ("template-device", name.hyphenated),
            ("template-protocol", protocolName.text),
        ])
    }

    /// Swift text without the lines that say whose it is: a new mapper is its author's.
    private static func withoutHeader(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let rest = lines.drop { $0.hasPrefix("// MapperKit,") || $0.hasPrefix("// SPDX-License-Identifier:") }
        return rest.drop(while: \.isEmpty).joined(separator: "\n")
    }

    /// Swift text whose imports are in alphabetical order again, as formatters want them.
    private static func withSortedImports(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let imports = lines.indices.filter { lines[$0].hasPrefix("import ") }
        for (index, line) in zip(imports, imports.map { lines[$0] }.sorted()) { lines[index] = line }
        return lines.joined(separator: "\n")
    }
}
