// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension String {
    /// The text as it can be shown within a line: without control characters, and not too long.
    var shortened: String {
        let limit = 120
        let start = prefix(limit).unicodeScalars.map { scalar in
            scalar.value < 0x20 || scalar.value == 0x7F
                ? "\\u{\(String(scalar.value, radix: 16))}" : String(Character(scalar))
        }
        return start.joined() + (count > limit ? "…" : "")
    }
}

extension Character {
    /// Whether it divides paths, on this system or another.
    var isPathSeparator: Bool { self == "/" || self == "\\" }
}
