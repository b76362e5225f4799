// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Finds out which addresses of a table can be read, with few requests.
///
/// It reads as much as is allowed; where that is refused, it halves until it knows where the readable run ends. Behind
/// the end it tries single addresses, at distances that double up to a step. Where a run of readable addresses ends
/// only because the request was too long, the unit's limit is learnt.
struct TableScan {
    /// Reads some addresses.
    typealias Read = (AddressSpan) async throws(ScanEnd) -> ScanFinding

    /// Reads without an answer after which a table is given up.
    private static let patience = 6

    private(set) var result: ScannedTable
    private let range: ClosedRange<Int>
    private let step: Int
    private var cap: Int
    /// Addresses are counted in these: 2 where only pairs can be read.
    private var grain = 1
    private var silences = 0
    /// Addresses that cannot be read even by themselves.
    private var refused: Set<Int> = []

    init(_ table: RegisterTable, in range: ClosedRange<Int>, step: Int) {
        result = ScannedTable(table)
        self.range = range
        self.step = step
        cap = table.holdsBits ? 2000 : 125
    }

    /// Looks through the range; what was found until an error is kept.
    mutating func run(_ read: Read) async throws(ScanEnd) {
        guard try await knowsTable(read) else { return }
        var cursor = range.lowerBound
        /// The last address before the cursor that is known to be refused.
        var hole: Int?
        var distance = 1
        while cursor + grain - 1 <= range.upperBound {
            guard try await isReadable(cursor, read) else {
                hole = cursor
                cursor += distance * grain
                distance = min(distance * 2, max(step / grain, 1))
                continue
            }
            let start = try await firstReadable(after: hole, upTo: cursor, read)
            cursor = try await runEnd(behind: start, read)
            (hole, distance) = (nil, 1)
        }
    }

    /// Asks for the first address: tells tables that are not there from addresses that are not.
    private mutating func knowsTable(_ read: Read) async throws(ScanEnd) -> Bool {
        switch try await get(range.lowerBound, 1, read) {
        case .values: return true
        case .refused(.illegalFunction):
            result.state = .unknown
            return false
        case .silence:
            if case .silence = try await get(range.lowerBound, 1, read) { result.state = .silent }
            return result.state == .present
        case .refused:
            guard !result.table.holdsBits, range.count > 1 else { return true }
            if case .values = try await get(range.lowerBound, 2, read) {
                result.needsPairs = true
                grain = 2
                cap = cap / 2 * 2
            }
            return true
        }
    }

    private mutating func isReadable(_ address: Int, _ read: Read) async throws(ScanEnd) -> Bool {
        if result.values[address] != nil { return true }
        if refused.contains(address) { return false }
        if case .values = try await get(address, grain, read) { return true }
        return false
    }

    /// The first address that can be read between one that cannot and one that can.
    private mutating func firstReadable(after hole: Int?, upTo known: Int, _ read: Read) async throws(ScanEnd) -> Int {
        guard let hole else { return known }
        var (low, high) = (hole, known)
        while high - low > grain {
            let middle = low + (high - low) / grain / 2 * grain
            if try await isReadable(middle, read) { high = middle } else { low = middle }
        }
        return high
    }

    /// The address behind the last one of the run that begins with an address.
    private mutating func runEnd(behind start: Int, _ read: Read) async throws(ScanEnd) -> Int {
        var end = start + grain
        while end + grain - 1 <= range.upperBound {
            let longest = min(cap, (range.upperBound - end + 1) / grain * grain)
            if case .values = try await get(end, longest, read) {
                end += longest
                continue
            }
            let length = try await longestRead(at: end, below: longest, read)
            end += length
            // Where the next address can be read by itself, the request was too long, not the run at its end.
            guard length > 0, try await isReadable(end, read) else { return end }
            result.limit = length
            cap = length
        }
        return end
    }

    /// How many addresses can be read in one request, less than a number that is refused; 0 for none.
    private mutating func longestRead(at first: Int, below refused: Int, _ read: Read) async throws(ScanEnd) -> Int {
        var (low, high) = (0, refused)
        while high - low > grain {
            let middle = low + max((high - low) / grain / 2, 1) * grain
            if case .values = try await get(first, middle, read) { low = middle } else { high = middle }
        }
        return low
    }

    private mutating func get(_ first: Int, _ count: Int, _ read: Read) async throws(ScanEnd) -> ScanFinding {
        let finding = try await read(AddressSpan(first: first, count: count))
        switch finding {
        case .values(let values):
            silences = 0
            for (offset, value) in values.enumerated() { result.values[first + offset] = value }
            result.note(first...first + count - 1)
        case .refused:
            silences = 0
            if count == grain { refused.insert(first) }
        case .silence:
            silences += 1
            if silences > Self.patience, !result.values.isEmpty { throw .lostUnit }
        }
        return finding
    }
}

extension ScannedTable {
    /// Notes addresses that could be read, beside those that are noted already.
    fileprivate mutating func note(_ range: ClosedRange<Int>) {
        var (low, high) = (range.lowerBound, range.upperBound)
        readable.removeAll { other in
            guard other.lowerBound <= high + 1, low <= other.upperBound + 1 else { return false }
            (low, high) = (min(low, other.lowerBound), max(high, other.upperBound))
            return true
        }
        let position = readable.firstIndex { $0.lowerBound > low } ?? readable.endIndex
        readable.insert(low...high, at: position)
    }
}
