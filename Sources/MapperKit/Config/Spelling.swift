// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Finds the word a person probably meant.
public enum Spelling {
    /// The candidate nearest to a misspelt word; `nil` when none is near enough to be worth suggesting.
    ///
    /// Letter case counts for less than a changed letter, so `holdingregister` finds `HoldingRegister`.
    public static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
        let lowered = word.lowercased()
        let limit = max(1, word.count / 3)
        return
            candidates
            .map { (candidate: $0, lowered: $0.lowercased()) }
            // Each letter more or less is a change, so most candidates need no closer look.
            .filter { abs($0.lowered.count - lowered.count) <= limit }
            .map { (candidate: $0.candidate, distance: distance(lowered, $0.lowered)) }
            .filter { $0.distance <= limit }
            .min { ($0.distance, $0.candidate) < ($1.distance, $1.candidate) }?
            .candidate
    }

    /// The sentence part that goes behind a complaint: `, did you mean 'x'?`, or nothing.
    public static func suggestion(for word: String, in candidates: some Sequence<String>) -> String {
        nearest(to: word, in: candidates).map { ", did you mean '\($0)'?" } ?? ""
    }

    /// Counts the letters to insert, remove, change or swap with a neighbour to get from one word to the other.
    static func distance(_ left: String, _ right: String) -> Int {
        let (a, b) = (Array(left), Array(right))
        // Words this long are no keys or enumeration values; the table below would only cost time.
        guard a.count <= 128, b.count <= 128 else { return left == right ? 0 : max(a.count, b.count) }
        guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
        var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in 0...a.count { rows[i][0] = i }
        for j in 0...b.count { rows[0][j] = j }
        for i in 1...a.count {
            for j in 1...b.count {
                let change = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, change)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
                }
            }
        }
        return rows[a.count][b.count]
    }
}
