// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what comes from the kernel: the answer to a command, or an event.
enum MGMTMessage: Hashable, Sendable {
    /// Command Complete or Command Status.
    case answer(MGMTAnswer)
    case event(MGMTEvent, index: UInt16)

    /// Reads a packet; `nil` for one that is shorter than its kind.
    init?(_ packet: MGMTPacket) {
        guard packet.code == 0x0001 || packet.code == 0x0002 else {
            guard let event = MGMTEvent(packet) else { return nil }
            self = .event(event, index: packet.index)
            return
        }
        var reader = HCIFieldReader(packet.parameters)
        guard let command = reader.number(UInt16.self), let status = reader.number(UInt8.self) else { return nil }
        self = .answer(
            MGMTAnswer(
                command: command,
                index: packet.index,
                status: MGMTStatus(rawValue: status),
                parameters: reader.remainder()
            )
        )
    }
}
