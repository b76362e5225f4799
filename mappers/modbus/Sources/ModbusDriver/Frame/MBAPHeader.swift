// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the seven bytes before each message on Modbus TCP.
struct MBAPHeader: Hashable, Sendable {
    static let size = 7
    /// How long frames with something in them can be: at least a function's code and one byte more, at most 260.
    static let lengths = 9...260

    var transaction: UInt16
    var protocolID: UInt16 = 0
    /// Bytes that follow the length field: the unit's and the message's.
    var remaining: UInt16
    var unit: UInt8

    init(transaction: UInt16, unit: UInt8, message: [UInt8]) {
        self.transaction = transaction
        self.unit = unit
        remaining = UInt16(message.count + 1)
    }

    /// Reads a header; `nil` when there are not enough bytes for one.
    init?(_ bytes: some Collection<UInt8>) {
        let head = Array(bytes.prefix(Self.size))
        guard head.count == Self.size else { return nil }
        transaction = UInt16(head[0]) << 8 | UInt16(head[1])
        protocolID = UInt16(head[2]) << 8 | UInt16(head[3])
        remaining = UInt16(head[4]) << 8 | UInt16(head[5])
        unit = head[6]
    }

    /// The length of the whole frame.
    var length: Int { Int(remaining) + 6 }

    var bytes: [UInt8] {
        transaction.bigEndianBytes + protocolID.bigEndianBytes + remaining.bigEndianBytes + [unit]
    }
}
