// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Keeps the order of commands: of one kind and for one adapter, one is under way at a time.
///
/// An answer names the command and the adapter, not the request. So a request that nobody waits for any more keeps its
/// place until its answer came, else that answer would be taken for the next one's.
struct MGMTRequestQueue {
    /// What an answer is matched by.
    struct Kind: Hashable, Sendable {
        var command: UInt16
        var index: UInt16
    }

    private struct Entry {
        var id: UInt64
        var isAbandoned = false
    }

    private var lines: [Kind: [Entry]] = [:]

    /// Whether nothing waits.
    var isEmpty: Bool { lines.isEmpty }

    /// Adds a request; true when it is to be sent now.
    mutating func add(_ id: UInt64, _ kind: Kind) -> Bool {
        lines[kind, default: []].append(Entry(id: id))
        return lines[kind]?.count == 1
    }

    /// Takes note of an answer.
    /// - Returns: whose it is, unless nobody wants it any more, and which request is to be sent now.
    mutating func answered(_ kind: Kind) -> (owner: UInt64?, next: UInt64?) {
        guard let first = lines[kind]?.first else { return (nil, nil) }
        return (first.isAbandoned ? nil : first.id, dropFirst(of: kind))
    }

    /// Takes out a request that was never sent.
    ///
    /// When one gives up behind an abandoned request, that one's answer is not coming any more either.
    /// - Returns: which request is to be sent now.
    mutating func withdraw(_ id: UInt64, _ kind: Kind) -> UInt64? {
        guard var line = lines[kind], let place = line.firstIndex(where: { $0.id == id }) else { return nil }
        guard place > 0 else { return dropFirst(of: kind) }
        line.remove(at: place)
        lines[kind] = line
        return line[0].isAbandoned ? dropFirst(of: kind) : nil
    }

    /// Takes note that nobody waits for a request any more that was sent.
    mutating func abandon(_ id: UInt64, _ kind: Kind) {
        guard lines[kind]?.first?.id == id else { return }
        lines[kind]?[0].isAbandoned = true
    }

    private mutating func dropFirst(of kind: Kind) -> UInt64? {
        let rest = lines[kind].map { Array($0.dropFirst()) } ?? []
        lines[kind] = rest.isEmpty ? nil : rest
        return rest.first?.id
    }
}
