// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Finds out where a new mapper's package is to take MapperKit from.
package struct OriginSearch: Sendable {
    /// The mapper's folder, which need not be there yet; `nil` where only a complaint is looked for.
    private let place: PackagePlace?
    /// Where relative paths start.
    private let workingDirectory: String

    /// Creates a search for a mapper at a place.
    package init(for place: PackagePlace?, workingDirectory: String) {
        self.place = place
        self.workingDirectory = workingDirectory
    }

    /// Takes what somebody asked for: a repository's address, or a path.
    ///
    /// A relative path stays relative, then seen from the mapper's folder.
    /// - Throws: ``NewMapperError`` when MapperKit is not there.
    package func origin(named text: String) throws(NewMapperError) -> MapperKitOrigin {
        if RepositoryAddress.isMeant(by: text) { return .repository(try RepositoryAddress(text)) }
        let given = text.hasPrefix("/") ? text : "\(workingDirectory)/\(text)"
        guard !text.isEmpty, let folder = Path.resolved(given), Self.isMapperKit(folder) else {
            throw NewMapperError(
                .usage,
                """
                '\(text.shortened)' is not MapperKit's folder: allowed is a folder whose Package.swift says name: \
                "mapperkit", or a repository's address
                """
            )
        }
        return try origin(in: folder, isRelative: !text.hasPrefix("/"))
    }

    /// Looks in folders and all around them for the checkout that a program belongs to.
    ///
    /// For a mapper inside the checkout the path is relative, so that both can be moved together; else it is absolute.
    /// - Throws: ``NewMapperError`` when there is none.
    package func origin(around starts: [String]) throws(NewMapperError) -> MapperKitOrigin {
        for start in starts {
            guard let folder = Path.ancestors(of: start).first(where: Self.isMapperKit) else { continue }
            return try origin(in: folder, isRelative: place?.path.hasPrefix(folder + "/") ?? false)
        }
        throw NewMapperError(
            .usage,
            "MapperKit's folder is not around this program: '--mapperkit' has to say where it is, by path or address"
        )
    }

    private func origin(in folder: String, isRelative: Bool) throws(NewMapperError) -> MapperKitOrigin {
        let path = place.flatMap { isRelative ? Path.relative(folder, from: $0.path) : nil } ?? folder
        guard !path.unicodeScalars.contains(where: { "\"\\`".unicodeScalars.contains($0) || $0.value < 0x20 }) else {
            throw NewMapperError(
                .usage,
                """
                MapperKit's folder '\(folder.shortened)' cannot be named in Package.swift: quotes, backslashes and \
                control characters are not allowed
                """
            )
        }
        return .folder(path)
    }

    /// Whether a folder holds MapperKit's package.
    private static func isMapperKit(_ folder: String) -> Bool {
        guard let manifest = try? String(contentsOfFile: "\(folder)/Package.swift", encoding: .utf8) else {
            return false
        }
        return manifest.contains(#"Package("#) && manifest.contains(#"    name: "mapperkit","#)
    }
}
