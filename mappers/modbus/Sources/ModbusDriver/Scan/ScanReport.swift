// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a scan has found.
package struct ScanReport: Sendable {
    /// How the units were reached.
    package let connection: ModbusConnection
    /// Where, for people.
    package let place: String
    /// The units that answered, in the order of their numbers.
    package internal(set) var units: [ScannedUnit] = []
    /// How many units were asked.
    package internal(set) var unitsAsked = 0
    /// How many requests were sent.
    package internal(set) var requests = 0
    /// Whether every number gets an answer, so that one stands for all.
    package internal(set) var ignoresUnits = false
    /// Why the scan ended early; `nil` when it did not.
    package internal(set) var interruption: String?
}

/// Is a unit that answered.
package struct ScannedUnit: Sendable {
    /// The unit's number.
    package let number: UInt8
    /// What was found in its tables.
    package internal(set) var tables: [ScannedTable] = []
}

/// Is what was found in one table of a unit.
package struct ScannedTable: Sendable {
    /// Says what a table is to a unit.
    package enum State: Sendable {
        /// It answers for some addresses, or refuses them one by one.
        case present
        /// The unit does not know the function that reads it.
        case unknown
        /// The unit does not answer for it.
        case silent
    }

    /// The table.
    package let table: RegisterTable
    /// Whether it is there.
    package internal(set) var state = State.present
    /// The addresses that can be read, in order.
    package internal(set) var readable: [ClosedRange<Int>] = []
    /// What they held, 0 and 1 for bits.
    package internal(set) var values: [Int: UInt16] = [:]
    /// The longest read the unit lets pass, where that is less than the protocol's.
    package internal(set) var limit: Int?
    /// Whether only pairs of registers can be read.
    package internal(set) var needsPairs = false

    init(_ table: RegisterTable) {
        self.table = table
    }
}

/// Says how far a scan is.
package struct ScanProgress: Sendable {
    /// How many requests were sent.
    package let requests: Int
    /// The unit that is asked.
    package let unit: UInt8
    /// What is being looked for there: `unit 7`, `unit 1, holding registers 125…249`.
    package let subject: String
    /// The units found so far.
    package let found: Int
}
