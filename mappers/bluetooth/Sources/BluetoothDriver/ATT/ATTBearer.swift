// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Decides what each PDU from a server means; a value without socket or clock.
///
/// One request is under way at a time. What a server may send by itself, values and requests of its own, is dealt with
/// at any time, also between request and answer (Core Specification, Vol 3 Part F 3.3).
struct ATTBearer: Hashable, Sendable {
    /// What a PDU leads to.
    enum Effect: Hashable, Sendable {
        /// This has to be sent, before anything else.
        case send([UInt8])
        /// The request under way is over.
        case answer(Result<ATTResponse, ATTFault>)
        /// The server has sent the value of an attribute by itself.
        case value(handle: UInt16, [UInt8])
    }

    /// What every link carries.
    static let smallestMTU = 23
    /// A value of 512 bytes, and what goes with it.
    static let largestMTU = 517

    /// How many bytes a PDU to the server may have.
    private(set) var mtu = smallestMTU
    /// How many bytes a PDU from the server may have.
    private let ownMTU: Int
    private var outstanding: ATTRequest?

    /// - Parameter ownMTU: The size to offer, brought into the limits.
    init(ownMTU: Int = largestMTU) {
        self.ownMTU = min(max(ownMTU, Self.smallestMTU), Self.largestMTU)
    }

    /// The request that agrees on the size of PDUs; once on a link.
    var exchange: ATTRequest { .exchangeMTU(UInt16(ownMTU)) }

    /// Whether nothing is under way.
    var isFree: Bool { outstanding == nil }

    /// Begins a request, when none is under way.
    /// - Returns: the PDU to send.
    mutating func begin(_ request: ATTRequest) throws(ATTFault) -> [UInt8] {
        let bytes = request.bytes
        guard bytes.count <= mtu else { throw .tooLong(bytes.count) }
        outstanding = request
        return bytes
    }

    /// Takes a PDU; one that makes no sense has no effect.
    mutating func receive(_ pdu: [UInt8]) -> [Effect] {
        guard let opcode = pdu.first else { return [] }
        switch opcode {
        case 0x01: return refusal(pdu)
        case 0x1B: return value(pdu)
        // Confirmed even where the rest is nonsense: a server waits for it for ever.
        case 0x1D: return [.send([0x1E])] + value(pdu)
        case 0x23: return values(pdu)
        case 0x02: return agree(pdu)
        // A command, or a confirmation: nothing that is answered.
        case _ where opcode & 0x40 != 0, 0x1E: return []
        case _ where opcode.isMultiple(of: 2): return [.send(Self.refusal(of: pdu))]
        default: return answer(pdu)
        }
    }

    // MARK: Answers

    private mutating func answer(_ pdu: [UInt8]) -> [Effect] {
        guard let request = outstanding, pdu.first == request.opcode + 1 else { return [] }
        outstanding = nil
        guard pdu.count <= ownMTU, let response = request.response(from: pdu) else {
            let length = "\(pdu.count) bytes that are no answer to request 0x\(String(request.opcode, radix: 16))"
            return [.answer(.failure(.malformed(length)))]
        }
        if case .mtu(let size) = response { mtu = max(Self.smallestMTU, min(ownMTU, Int(size))) }
        return [.answer(.success(response))]
    }

    private mutating func refusal(_ pdu: [UInt8]) -> [Effect] {
        guard pdu.count == 5, let request = outstanding, pdu[1] == request.opcode else { return [] }
        outstanding = nil
        return [.answer(.failure(.refused(ATTErrorCode(rawValue: pdu[4]))))]
    }

    // MARK: What the server says by itself

    private func value(_ pdu: [UInt8]) -> [Effect] {
        guard let handle = UInt16(littleEndian: pdu, at: 1), handle != 0 else { return [] }
        return [.value(handle: handle, Array(pdu.dropFirst(3)))]
    }

    /// Several values, each with its length; none of them where the lengths do not add up.
    private func values(_ pdu: [UInt8]) -> [Effect] {
        var effects: [Effect] = []
        var rest = pdu.dropFirst()
        while !rest.isEmpty {
            guard let handle = UInt16(littleEndian: rest), let length = UInt16(littleEndian: rest, at: 2),
                rest.count >= 4 + Int(length)
            else { return [] }
            effects.append(.value(handle: handle, Array(rest.dropFirst(4).prefix(Int(length)))))
            rest = rest.dropFirst(4 + Int(length))
        }
        return effects
    }

    private mutating func agree(_ pdu: [UInt8]) -> [Effect] {
        guard pdu.count == 3, let size = UInt16(littleEndian: pdu, at: 1) else {
            return [.send(Self.refusal(of: pdu))]
        }
        mtu = max(mtu, min(ownMTU, Int(size)))
        return [.send([0x03] + UInt16(ownMTU).littleEndianBytes)]
    }

    /// This mapper serves nothing.
    private static func refusal(of pdu: [UInt8]) -> [UInt8] {
        let handle = UInt16(littleEndian: pdu, at: 1) ?? 0
        return [0x01, pdu.first ?? 0] + handle.littleEndianBytes + [ATTErrorCode.requestNotSupported.rawValue]
    }
}
