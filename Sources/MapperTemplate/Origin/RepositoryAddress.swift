// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the address of a repository with MapperKit's package, as SwiftPM takes it.
package struct RepositoryAddress: Equatable, Sendable {
    private static let schemes = ["https", "http", "ssh", "git"]

    /// The address.
    package let text: String
    /// What SwiftPM calls the package: the last part of the address, in small letters and without `.git`.
    package let identity: String

    /// Takes an address.
    /// - Throws: ``NewMapperError`` when it is none, with what is allowed.
    package init(_ text: String) throws(NewMapperError) {
        guard let path = Self.path(of: text) else { throw Self.refusal(of: text) }
        let last = path.split(separator: "/").last ?? ""
        let name = last.hasSuffix(".git") ? last.dropLast(4) : last
        guard !name.isEmpty else { throw Self.refusal(of: text) }
        self.text = text
        identity = name.lowercased()
    }

    /// Whether somebody means an address, and no folder.
    static func isMeant(by text: String) -> Bool {
        text.contains("://") || scpParts(of: text) != nil
    }

    /// What stands behind the host; `nil` when this is no address.
    private static func path(of text: String) -> Substring? {
        guard text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-._~:/@%+".contains($0)) }) else {
            return nil
        }
        if let parts = scpParts(of: text) { return parts.path }
        guard let mark = text.firstRange(of: "://"), schemes.contains(text[..<mark.lowerBound].lowercased()) else {
            return nil
        }
        let rest = text[mark.upperBound...]
        guard let slash = rest.firstIndex(of: "/"), slash > rest.startIndex else { return nil }
        return rest[slash...]
    }

    /// Takes `git@example.org:group/mapperkit.git` apart.
    private static func scpParts(of text: String) -> (host: Substring, path: Substring)? {
        guard !text.contains("://"), let colon = text.firstIndex(of: ":"), let at = text.firstIndex(of: "@"), at < colon
        else { return nil }
        let host = text[text.index(after: at)..<colon]
        let path = text[text.index(after: colon)...]
        return host.isEmpty || host.contains("/") || path.isEmpty ? nil : (host, path)
    }

    private static func refusal(of text: String) -> NewMapperError {
        NewMapperError(
            .usage,
            """
            the repository '\(text.shortened)' cannot be taken: allowed are https, http, ssh and git with a host and a \
            path, and USER@HOST:PATH, as in https://example.org/mapperkit
            """
        )
    }
}
