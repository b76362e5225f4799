// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one open way to the units of a bus; the bus thread alone uses it.
protocol Link: ~Copyable {
    /// Whether the link must not be used again; its owner closes it.
    var isCondemned: Bool { get }

    /// Whether anything of the last transaction's request may have left.
    var hasSent: Bool { get }

    /// Bytes that were thrown away since the link was opened: nobody had asked for them.
    var drainedBytes: Int { get }

    /// Sends a request to a unit and gives the unit's answer.
    ///
    /// Nothing that was under way before belongs to the answer: it is thrown away first.
    mutating func exchange(_ transaction: Transaction) throws(BusFault) -> ModbusAnswer
}
