// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the kernel's version, as far as faults of its Bluetooth are known by it.
struct KernelVersion: Hashable, Sendable {
    /// Major, minor and patch: `6.1.192`.
    var numbers: [Int]
    /// What Debian appends for its own changes: 2 of `6.1.192-2`.
    var revision: Int?

    /// Reads what `uname` says.
    ///
    /// Debian's release (`6.1.0-42-amd64`) does not tell which sources the kernel was built of; its version does:
    /// `#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-1 (2026-11-14)`.
    init?(release: String, version: String) {
        let words = version.split(separator: " ")
        if let place = words.firstIndex(of: "Debian"), place + 1 < words.count,
            let (numbers, rest) = Self.numbers(words[place + 1])
        {
            self.numbers = numbers
            revision = rest.hasPrefix("-") ? Int(rest.dropFirst().prefix { $0.isNumber }) : nil
            return
        }
        guard let (numbers, _) = Self.numbers(release[...]) else { return nil }
        self.numbers = numbers
    }

    /// Whether one lost link takes the host's Bluetooth down: an attempt to connect that fails, or a link that is lost
    /// before the first request, makes closing the socket a kernel BUG.
    var crashesOnFailedConnection: Bool {
        numbers == [6, 1, 192] && [nil, 1, 2].contains(revision)
    }

    /// Whether a `recv` that sleeps on an L2CAP socket keeps everything else on it from happening.
    var blocksWhileReceiving: Bool {
        numbers.starts(with: [6, 1]) && numbers.count == 3 && (170...190).contains(numbers[2])
    }

    /// The first numbers with points in between, and what follows; `nil` when it starts with something else.
    private static func numbers(_ text: Substring) -> ([Int], rest: Substring)? {
        let part = text.prefix { $0.isNumber || $0 == "." }
        let numbers = part.split(separator: ".").compactMap { Int($0) }
        return numbers.count >= 2 ? (Array(numbers.prefix(3)), text.dropFirst(part.count)) : nil
    }
}
