// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one open way to the units of a bus; the bus thread alone uses it.
protocol Link: ~Copyable {
    /// The open file descriptor.
    var descriptor: CInt { get }

    /// Whether the link must not be used again; its owner closes it.
    var isCondemned: Bool { get }

    /// Sends a request to a unit and gives the unit's answer.
    ///
    /// Nothing that was under way before belongs to the answer: it is thrown away first.
    mutating func exchange(_ transaction: Transaction) throws(BusFault) -> ModbusAnswer
}
