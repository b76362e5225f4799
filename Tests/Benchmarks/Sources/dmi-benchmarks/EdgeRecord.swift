// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what the edge has been asked and what it holds, by its own lines.
struct EdgeRecord: Sendable {
    /// How many requests came, of all kinds.
    private(set) var requests = 0
    private(set) var refused = 0
    /// How many values came in requests that were taken.
    private(set) var twins = 0
    /// How many states came in requests that were taken.
    private(set) var states = 0
    /// The longest time that a change of a device was not known at the edge, in seconds.
    private(set) var longestAge = 0.0
    /// What must not be: values of other properties, older values after newer ones, what a real edge complains about.
    private(set) var complaints: [Substring] = []

    private let field: CountingField
    private let numbers: [Substring: Int]
    /// The count that the edge holds of each property; -1 for none.
    private var counts: [Int]

    init(_ field: CountingField) {
        self.field = field
        numbers = field.numbers
        counts = Array(repeating: -1, count: field.size)
    }

    /// Of how many properties the edge does not hold the value that they have at a moment.
    func behind(at now: Double) -> Int {
        let count = field.counter.count(at: now)
        return counts.count { $0 != count }
    }

    /// Takes a line that the edge said about now.
    mutating func take(_ line: Substring, at now: Double) {
        if let request = line.rest(after: "<- mapper: ") {
            takeRequest(request)
        } else if let stored = line.rest(after: "twin: ") {
            // Lines of states have no colon.
            stored.firstRange(of: ": ").map { take(stored[..<$0.lowerBound], stored[$0.upperBound...], line, now) }
        } else if line.hasPrefix("!") {
            complaints.append(line)
        }
    }

    private mutating func takeRequest(_ request: Substring) {
        requests += 1
        if request.contains("; refused: ") {
            refused += 1
        } else if request.hasPrefix("ReportDeviceStatus ") {
            twins += request.count { $0 == "=" }
        } else if request.hasPrefix("ReportDeviceStates ") {
            states += 1
        }
    }

    private mutating func take(_ name: Substring, _ change: Substring, _ line: Substring, _ now: Double) {
        // The text ends with the new value in quotes.
        let text = change.split(separator: "'").last ?? ""
        guard let number = numbers[name], let value = CountedValue(text), value.number == number,
            value.count >= counts[number], value.count <= field.counter.last
        else { return complaints.append(line) }
        guard value.count > counts[number] else { return }
        longestAge = max(longestAge, now - field.counter.moment(of: counts[number] + 1))
        counts[number] = value.count
    }
}

extension Substring {
    fileprivate func rest(after prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}
