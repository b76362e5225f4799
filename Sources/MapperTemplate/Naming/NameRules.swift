// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Knows which names a mapper can have.
enum NameRules {
    static let allowed =
        "allowed is a capital letter and then letters and digits, all ASCII and at most \(MapperName.limit), as in HeatPump"

    /// What is wrong with a name; `nil` for a good one.
    static func problem(of name: String) -> String? {
        if name.isEmpty { return "it is empty" }
        if let problem = spellingProblem(of: name) { return problem }
        let count = name.count
        if count > MapperName.limit { return "it has \(count) characters" }
        if ReservedNames.words.contains(name) { return "it is a word of Swift's own" }
        if ReservedNames.modules.contains(name) { return "it is the name of a module that mappers are built with" }
        if ReservedNames.programs.contains(hyphenated(name)) { return "MapperKit has '\(name)Driver' itself" }
        if ReservedNames.typePrefixes.contains(name) {
            return "'\(name)Driver' or '\(name)Session' is the name of a type that mappers use"
        }
        if let ending = ReservedNames.endings.first(where: name.hasSuffix) {
            return "'\(ending)' is put behind it where it belongs"
        }
        return nil
    }

    /// The nearest good name, where there is one that is near.
    static func correction(of name: String) -> String? {
        // Without the letters that ASCII does not know hardly any word stays what it was.
        guard name.allSatisfy(\.isASCII) else { return nil }
        let last = name.split(whereSeparator: \.isPathSeparator).last ?? ""
        var corrected = last.split { !($0.isLetter || $0.isNumber) }.map(capitalized).joined()
        while let ending = ReservedNames.endings.first(where: corrected.hasSuffix) {
            corrected.removeLast(ending.count)
        }
        return corrected != name && problem(of: corrected) == nil ? corrected : nil
    }

    /// Puts hyphens between the words of a name in camel case: `HTTPMeter2Go` becomes `http-meter2-go`.
    static func hyphenated(_ name: String) -> String {
        let letters = Array(name)
        var result = ""
        for (index, letter) in letters.enumerated() {
            if index > 0, letter.isUppercase {
                let isAfterWord = !letters[index - 1].isUppercase
                let isBeforeWord = index + 1 < letters.count && letters[index + 1].isLowercase
                if isAfterWord || isBeforeWord { result += "-" }
            }
            result += letter.lowercased()
        }
        return result
    }

    private static func spellingProblem(of name: String) -> String? {
        if let bad = name.first(where: { !$0.isASCII || !($0.isLetter || $0.isNumber) }) {
            switch bad {
            case "-": return "it holds a hyphen"
            case " ": return "it holds a space"
            case _ where bad.isPathSeparator: return "it holds '\(bad)', and '--directory' says where the mapper goes"
            default: return "it holds '\(String(bad).shortened)'"
            }
        }
        if name.first?.isNumber == true { return "it starts with a digit" }
        if name.first?.isLowercase == true { return "it starts with a small letter" }
        return nil
    }

    private static func capitalized(_ word: Substring) -> String {
        word.prefix(1).uppercased() + word.dropFirst()
    }
}
