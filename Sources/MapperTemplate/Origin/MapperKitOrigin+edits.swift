// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension MapperKitOrigin {
    /// What has to change in the template, which is at home in MapperKit's own folder.
    var edits: [TemplateEdit] {
        switch self {
        case .folder(let path):
            [
                TemplateEdit(path: "README.md", old: Self.contextOption, new: Self.contextOption(for: path)),
                TemplateEdit(path: "Dockerfile", old: Self.contextOption, new: Self.contextOption(for: path)),
                TemplateEdit(path: "Package.swift", old: #""../..""#, new: #""\#(path)""#),
                TemplateEdit(path: "README.md", old: "`../..`", new: "`\(path)`"),
            ]
        case .repository(let address):
            [
                TemplateEdit(path: "Package.swift", old: Self.folderDependency, new: Self.dependency(on: address)),
                TemplateEdit(
                    path: "Package.swift",
                    old: #"package: "mapperkit""#,
                    new: #"package: "\#(address.identity)""#
                ),
                TemplateEdit(path: "README.md", old: Self.folderText, new: Self.text(on: address)),
                TemplateEdit(path: "README.md", old: Self.contextOption, new: ""),
                TemplateEdit(path: "Dockerfile", old: Self.contextOption, new: ""),
                TemplateEdit(path: "Dockerfile", old: Self.contextCopies, new: ""),
            ]
        }
    }

    private static func dependency(on address: RepositoryAddress) -> String {
        """
        let mapperkit = Package.Dependency.package(
            url: "\(address.text)",
            from: "\(MapperKitVersion.current)"
        )
        """
    }

    private static func text(on address: RepositoryAddress) -> String {
        "`Package.swift` takes MapperKit from <\(address.text)>, version \(MapperKitVersion.current) or later.\n"
    }

    private static let folderDependency = """
        let mapperkit = Package.Dependency.package(
            name: "mapperkit",
            path: Context.environment["MAPPERKIT_PATH"] ?? "../.."
        )
        """

    private static let folderText = """
        `Package.swift` takes MapperKit from the folder `../..`. Where it is elsewhere, on another machine for one, the
        environment variable `MAPPERKIT_PATH` says where; or write `url:` and `from:` there instead of `name:` and `path:`, which
        takes a version from a repository.

        """

    private static let contextOption = contextOption(for: "../..")

    private static func contextOption(for path: String) -> String {
        " --build-context \(ShellWord.quoted("mapperkit=\(path)"))"
    }

    private static let contextCopies = """
        # MapperKit, at a place of its own.
        COPY --from=mapperkit Package.swift /mapperkit/
        COPY --from=mapperkit Examples /mapperkit/Examples
        COPY --from=mapperkit Sources /mapperkit/Sources
        COPY --from=mapperkit Tests /mapperkit/Tests
        COPY --from=mapperkit mappers /mapperkit/mappers
        ENV MAPPERKIT_PATH=/mapperkit

        """
}
