// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one open way to the units of a bus; the bus thread alone uses it.
protocol Link: ~Copyable {
    /// What it went through.
    var notes: LinkNotes { get }

    /// Sends a request to a unit and gives the unit's answer.
    ///
    /// Nothing that was under way before belongs to the answer: it is thrown away first.
    mutating func exchange(_ transaction: Transaction) throws(BusFault) -> ModbusAnswer
}
