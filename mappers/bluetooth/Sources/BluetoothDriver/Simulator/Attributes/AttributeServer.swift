// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Answers one client of a simulated peripheral.
///
/// A state machine of the Attribute Protocol's server (Core Specification, Vol 3 Part F 3.4): it takes a PDU and gives
/// those that go back. The table belongs to the peripheral and outlives the connection; what is kept here does not.
struct AttributeServer: Sendable {
    /// Is a part of a value that waits to be written.
    struct Prepared: Hashable, Sendable {
        var handle: UInt16
        var offset: UInt16
        var part: [UInt8]
    }

    /// The least that both sides can take (Core Specification, Vol 3 Part G 5.2.1).
    static let leastMTU = 23
    /// Parts that are kept at most.
    static let queueCapacity = 64
    /// Indications that wait at most; for a client that never confirms, the oldest are given up.
    static let indicationCapacity = 64

    /// What the server can take; `nil` for one that does not know the exchange.
    let ownMTU: Int?
    /// The longest PDU on this connection.
    private(set) var mtu = AttributeServer.leastMTU
    /// Whether protected values are open to the client.
    var isEncrypted = false
    var subscriptions: [UInt16: UInt16] = [:]
    var prepared: [Prepared] = []
    /// Indications that wait for the one before them to be confirmed.
    private var indications: [[UInt8]] = []
    private var awaitsConfirmation = false

    init(mtu ownMTU: Int? = 247) {
        self.ownMTU = ownMTU
    }

    /// Takes a PDU of the client.
    mutating func answer(
        _ pdu: [UInt8],
        from table: inout AttributeTable,
        with faults: inout AttributeFaults
    ) -> AttributeAnswer {
        if let remaining = faults.remainingPDUs {
            guard remaining > 0 else {
                faults.remainingPDUs = nil
                return AttributeAnswer(disconnects: true)
            }
            faults.remainingPDUs = remaining - 1
        }
        guard !faults.isSilent else { return AttributeAnswer() }
        return AttributeAnswer(pdus: pdus(for: pdu, from: &table, with: faults), delay: faults.delay)
    }

    /// Tells the client of a value, if it has subscribed to it.
    mutating func tell(_ handle: UInt16, of table: AttributeTable) -> [[UInt8]] {
        guard let attribute = table[handle], let subscription = table.subscription(to: handle)?.handle,
            let wish = subscriptions[subscription], attribute.protection == 0 || isEncrypted
        else { return [] }
        let content = handle.littleEndianBytes + attribute.value.prefix(mtu - 3)
        if wish & 2 != 0 { return indicate([0x1D] + content) }
        return wish & 1 != 0 ? [[0x1B] + content] : []
    }

    /// Goes on with another table: what the client has said about handles that moved is forgotten.
    mutating func tableChanged(from old: AttributeTable, to new: AttributeTable) {
        prepared = []
        subscriptions = subscriptions.filter { old[$0.key]?.role == new[$0.key]?.role }
    }

    private mutating func indicate(_ pdu: [UInt8]) -> [[UInt8]] {
        guard !awaitsConfirmation else {
            if indications.count >= Self.indicationCapacity { indications.removeFirst() }
            indications.append(pdu)
            return []
        }
        awaitsConfirmation = true
        return [pdu]
    }

    private mutating func confirmed() -> [[UInt8]] {
        awaitsConfirmation = false
        return indications.isEmpty ? [] : indicate(indications.removeFirst())
    }

    private mutating func pdus(
        for pdu: [UInt8],
        from table: inout AttributeTable,
        with faults: AttributeFaults
    ) -> [[UInt8]] {
        guard let opcode = pdu.first else { return [] }
        do throws(AttributeRefusal) {
            switch opcode {
            case 0x02: return [try exchange(pdu)]
            case 0x04: return [try findInformation(pdu, in: table)]
            case 0x06: return [try findByTypeValue(pdu, in: table)]
            case 0x08: return [try readByType(pdu, in: table, faults)]
            case 0x0A: return [try read(pdu, in: table, faults)]
            case 0x0C: return [try readBlob(pdu, in: table, faults)]
            case 0x10: return [try readByGroupType(pdu, in: table)]
            case 0x12: return [try write(pdu, to: &table, faults)]
            case 0x52:
                writeCommand(pdu, to: &table)
                return []
            case 0x16: return [try prepare(pdu, in: table, faults)]
            case 0x18: return [try execute(pdu, on: &table)]
            case 0x1E: return confirmed()
            default:
                // Requests are even, answers are odd; commands, with bit 6, are never answered.
                guard opcode & 0x41 == 0 else { return [] }
                throw .requestNotSupported
            }
        } catch {
            return [[0x01, opcode] + error.handle.littleEndianBytes + [error.code]]
        }
    }

    private mutating func exchange(_ pdu: [UInt8]) throws(AttributeRefusal) -> [UInt8] {
        guard let ownMTU else { throw .requestNotSupported }
        guard pdu.count == 3, let wish = UInt16(littleEndian: pdu, at: 1) else { throw .invalidPDU }
        mtu = max(Self.leastMTU, min(Int(wish), ownMTU))
        return [0x03] + UInt16(clamping: ownMTU).littleEndianBytes
    }
}
