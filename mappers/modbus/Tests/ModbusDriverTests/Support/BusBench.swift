// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import Testing

@testable import ModbusDriver

/// Reads from a faulty device and holds every value against what it must be.
struct BusBench {
    /// What came of many reads.
    struct Tally {
        var good = 0
        var wrong = 0
        var lost = 0
        var longest = Duration.zero
        /// From the first loss to the next good value.
        var recovery: Duration?
        fileprivate var firstLoss: ContinuousClock.Instant?

        mutating func note(_ values: [UInt16]?, _ expected: [UInt16], since start: ContinuousClock.Instant) {
            longest = max(longest, start.duration(to: .now))
            if values == nil {
                lost += 1
                firstLoss = firstLoss ?? .now
            } else if values == expected {
                good += 1
                if let firstLoss, recovery == nil { recovery = firstLoss.duration(to: .now) }
            } else {
                wrong += 1
            }
        }

        /// For a table.
        var text: String {
            let recovered =
                recovery.map { "recovered after \($0.milliseconds) ms" } ?? (lost > 0 ? "never recovered" : "-")
            return
                "wrong \(wrong), lost \(lost) of \(good + wrong + lost), \(recovered), longest \(longest.milliseconds) ms"
        }
    }

    let bus: Bus
    /// Whether two units take turns.
    var isMixed = true
    private let lease: BusLease

    /// How long a device has in these tests.
    static let timeout = Duration.milliseconds(200)

    init(_ address: BusAddress, ports: SerialPorts = SerialPorts(identities: "/nonexistent", locks: [])) throws {
        try self.init(BusRegistry(BusEnvironment(ports: ports, logger: Logger(label: "test"))), address)
    }

    init(_ registry: BusRegistry, _ address: BusAddress) throws {
        lease = try registry.lease(address)
        bus = lease.bus
    }

    func end() { lease.end() }

    static func read(_ unit: UInt8, _ address: Int, count: Int = 2, timeout: Duration = timeout) -> Transaction {
        Transaction(
            unit: unit,
            request: .read(.holding, AddressSpan(first: address, count: count)),
            timeout: timeout
        )
    }

    static func expected(_ unit: UInt8, _ address: Int, count: Int = 2) -> [UInt16] {
        (0..<count).map { FaultyDevice.value(unit, address + $0) }
    }

    /// The place of a read in a series: other addresses each time, all answers of the same form.
    static func place(_ number: Int, isMixed: Bool) -> (unit: UInt8, address: Int) {
        (isMixed && number % 3 == 2 ? 2 : 1, 10 + number * 7)
    }

    /// Reads once and checks.
    func read(_ number: Int, into tally: inout Tally) async {
        let (unit, address) = Self.place(number, isMixed: isMixed)
        let start = ContinuousClock.now
        let answer = try? await bus.perform(Self.read(unit, address)).answer
        let expected = Self.expected(unit, address)
        switch answer {
        case .registers(let values): tally.note(values, expected, since: start)
        default: tally.note(nil, expected, since: start)
        }
    }

    /// Reads many times, then on until several reads in a row are good.
    func readMany(_ count: Int = 24) async -> Tally {
        var tally = Tally()
        for number in 0..<count { await read(number, into: &tally) }
        var row = 0
        var number = count
        while row < 5, number < count + 200 {
            let before = tally.good
            await read(number, into: &tally)
            row = tally.good > before ? row + 1 : 0
            number += 1
        }
        #expect(row == 5, "the bus works again")
        return tally
    }

    /// Prints a line of the table when one is wanted.
    static func note(_ line: @autoclosure () -> String) {
        if ProcessInfo.processInfo.environment["MAPPERKIT_PRINT_TABLE"] != nil { print("| \(line()) |") }
    }
}
