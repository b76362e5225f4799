// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
@testable import BluetoothDriver

/// Keeps what a server has sent, so that values can be looked for in it.
struct WireRecord: Sendable {
    /// How many PDUs came.
    var received = 0
    /// What was sent that has a value in it, oldest first.
    private(set) var sent: [[UInt8]] = []

    private static let kinds: Set<UInt8> = [0x0B, 0x0D, 0x1B, 0x1D, 0x23]

    /// Takes note of what is sent.
    mutating func keep(_ pdus: [[UInt8]]) {
        sent += pdus.filter { $0.first.map(Self.kinds.contains) ?? false }
    }

    /// Whether a value was sent as the answer to reading, in one part or several.
    func holds(read value: [UInt8]) -> Bool {
        sent.indices.contains { index in
            guard sent[index].first == 0x0B else { return false }
            return continues(value, after: Array(sent[index].dropFirst()), from: index + 1)
        }
    }

    /// Whether a value was sent without a question.
    func holds(notified value: [UInt8]) -> Bool {
        sent.contains { pdu in
            guard [0x1B, 0x1D, 0x23].contains(pdu.first) else { return false }
            if pdu.first != 0x23 { return Array(pdu.dropFirst(3)) == value }
            // One of several: anywhere in it.
            return value.isEmpty || pdu.indices.contains { pdu[$0...].starts(with: value) }
        }
    }

    /// Whether the parts that came later complete what there is.
    private func continues(_ value: [UInt8], after part: [UInt8], from index: Int) -> Bool {
        // More than a value holds is cut off.
        if part == value || value.count == GATTClient.longestValue && part.starts(with: value) { return true }
        guard value.starts(with: part) else { return false }
        return sent.indices.dropFirst(index).contains { next in
            guard sent[next].first == 0x0D, sent[next].count > 1 else { return false }
            return continues(value, after: part + sent[next].dropFirst(), from: next + 1)
        }
    }
}
#endif
