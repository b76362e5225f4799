// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Testing

/// Is one Markdown file, taken apart as far as these tests look at it.
struct MarkdownFile: Sendable, CustomTestStringConvertible {
    /// A fenced block of code.
    struct Block: Sendable {
        /// The word behind the fence; empty when there is none.
        var language: String
        /// The line of the fence.
        var line: Int
        /// What stands between the fences.
        var text: String
    }

    /// A link, or an image.
    struct Link: Sendable {
        /// Where it stands.
        var line: Int
        /// Where it leads.
        var target: String
    }

    /// Where it is, from the top of the repository.
    let path: String
    /// Fenced blocks.
    private(set) var blocks: [Block] = []
    /// Links outside of code.
    private(set) var links: [Link] = []
    /// What single backticks hold, and the words of blocks that are no program.
    private(set) var codeWords: [Link] = []
    /// What headings can be reached by.
    private(set) var anchors: Set<String> = []

    var testDescription: String { path }

    /// Takes a file apart.
    init(path: String, text: String) {
        self.path = path
        var open: Block?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let trimmed = line.drop { $0 == " " }
            if trimmed.hasPrefix("```"), !trimmed.dropFirst(3).contains("`") {
                if let block = open {
                    blocks.append(block)
                    open = nil
                } else {
                    open = Block(language: String(trimmed.dropFirst(3)), line: index + 1, text: "")
                }
            } else if open != nil {
                open?.text += line + "\n"
            } else {
                read(line, number: index + 1)
            }
        }
    }

    private mutating func read(_ line: Substring, number: Int) {
        if line.hasPrefix("#") { anchors.insert(Self.anchor(of: line.drop { $0 == "#" || $0 == " " })) }
        // An indented line is a command or what one prints.
        if line.hasPrefix("    ") {
            codeWords += line.split(separator: " ").map { Link(line: number, target: String($0)) }
            return
        }
        // Most lines have none of these, and expressions are slow to find that out.
        let hasCode = line.contains("`")
        if hasCode {
            for match in line.matches(of: /`+([^`]+)`+/) {
                codeWords.append(Link(line: number, target: String(match.1)))
            }
        }
        guard line.contains("](") || line.contains("<") else { return }
        let prose = hasCode ? line.replacing(/`+[^`]*`+/, with: "") : line
        for match in prose.matches(of: /\]\(([^)\s]*)\)/) {
            links.append(Link(line: number, target: String(match.1)))
        }
        for match in prose.matches(of: /<([a-z]+:[^>]*)>/) {
            links.append(Link(line: number, target: String(match.1)))
        }
    }

    /// What GitHub makes of a heading.
    private static func anchor(of heading: Substring) -> String {
        String(
            heading.lowercased().compactMap { letter -> Character? in
                if letter == " " { return "-" }
                return letter.isLetter || letter.isNumber || letter == "-" || letter == "_" ? letter : nil
            }
        )
    }
}
