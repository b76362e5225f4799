// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the name under which Device objects ask for the mapper: their `protocolName`.
///
/// KubeEdge takes any text. What is allowed here reads the same in YAML, JSON, Swift and a shell.
package struct ProtocolName: Equatable, Sendable {
    /// The longest name, as for labels of Kubernetes.
    package static let limit = 63

    /// Words that YAML takes for something else.
    private static let otherValues: Set<String> = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]

    /// The name.
    package let text: String

    /// Takes a name.
    /// - Throws: ``NewMapperError`` when it cannot be one, with what is allowed.
    package init(_ text: String) throws(NewMapperError) {
        let isWord = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        guard isWord, text.first?.isLetter == true, text.last.map({ $0.isLetter || $0.isNumber }) == true,
            text.count <= Self.limit, !Self.otherValues.contains(text.lowercased())
        else {
            throw NewMapperError(
                .usage,
                """
                the protocol '\(text.shortened)' cannot be taken: allowed is a letter, then letters, digits and '-', '_', '.' \
                with a letter or a digit at the end, all ASCII and at most \(Self.limit), and none of YAML's words such as \
                'true', as in heat-pump
                """
            )
        }
        self.text = text
    }

    /// The name that a mapper's protocol has unless another is given.
    package init(of name: MapperName) {
        text = name.hyphenated
    }
}
