// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Puts names in the place of those that the template has.
///
/// In one pass, so that what is put in is never taken for something of the template.
struct Substitution {
    private let names: [(old: String, new: String)]

    init(_ names: [(old: String, new: String)]) {
        self.names = names
    }

    func applied(to text: String) -> String {
        var result = ""
        var rest = text[...]
        while let (range, new) = firstName(in: rest) {
            result += rest[..<range.lowerBound] + new
            rest = rest[range.upperBound...]
        }
        return result + rest
    }

    private func firstName(in text: Substring) -> (range: Range<Substring.Index>, new: String)? {
        names.compactMap { name in text.firstRange(of: name.old).map { ($0, name.new) } }
            .min { $0.0.lowerBound < $1.0.lowerBound }
    }
}
