// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a raw socket delivers, as far as scanning goes (Core Specification, Vol 4 Part E 7.7).
enum HCIEvent: Hashable, Sendable {
    /// Command Complete or Command Status; status 0 is success.
    case answer(opcode: UInt16, status: UInt8)
    /// Advertising reports, legacy or extended: the LE Meta event's parameters, from the subevent's code on.
    case reports([UInt8])
    case other

    /// The event's codes, for the socket's filter.
    static let complete: UInt8 = 0x0E
    static let status: UInt8 = 0x0F
    static let lowEnergyMeta: UInt8 = 0x3E

    private static let eventPacket: UInt8 = 0x04
    private static let reportSubevents: Set<UInt8> = [0x02, 0x0D]

    /// Reads a packet; `nil` when its length is not what it says.
    init?(_ packet: [UInt8]) {
        var reader = HCIFieldReader(packet)
        guard let type = reader.number(UInt8.self) else { return nil }
        guard type == Self.eventPacket else {
            self = .other
            return
        }
        guard let code = reader.number(UInt8.self), let length = reader.number(UInt8.self),
            reader.count == Int(length), let event = Self.read(code, &reader)
        else { return nil }
        self = event
    }

    private static func read(_ code: UInt8, _ reader: inout HCIFieldReader) -> HCIEvent? {
        switch code {
        case complete:
            guard reader.bytes(1) != nil, let opcode = reader.number(UInt16.self) else { return nil }
            // The event that only says how many commands fit has neither opcode nor status.
            return .answer(opcode: opcode, status: reader.number(UInt8.self) ?? 0)
        case status:
            guard let status = reader.number(UInt8.self), reader.bytes(1) != nil,
                let opcode = reader.number(UInt16.self)
            else { return nil }
            return .answer(opcode: opcode, status: status)
        case lowEnergyMeta:
            let parameters = reader.remainder()
            guard let subevent = parameters.first else { return nil }
            return reportSubevents.contains(subevent) ? .reports(parameters) : .other
        default: return .other
        }
    }
}
