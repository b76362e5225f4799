// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension VirtualController {
    /// Takes a data packet of the host: a frame, or a part of one (Core Specification, Vol 4 Part E 5.4.2).
    mutating func receiveData(_ packet: some RandomAccessCollection<UInt8>, at now: Duration) {
        guard let header = UInt16(littleEndian: packet), let length = UInt16(littleEndian: packet, at: 2) else {
            return
        }
        let handle = header & 0xFFF
        // The host sends as many packets as there are buffers, and goes on as they are free again.
        tell(0x13, [1] + handle.littleEndianBytes + [1, 0])
        let part = packet.dropFirst(4).prefix(Int(length))
        guard let frame = links[handle]?.join(part, isFirst: header >> 12 & 3 != 1), let link = links[handle] else {
            return
        }
        switch frame.channel {
        case 4: peripherals[link.peripheral].receive(frame.content, at: now)
        case 6: receivePairing(frame.content, on: link)
        default: break
        }
    }

    /// Sends a frame to the host, in as many parts as it takes.
    mutating func send(_ content: [UInt8], on channel: UInt16, of link: VirtualLink) {
        let frame = UInt16(clamping: content.count).littleEndianBytes + channel.littleEndianBytes + content
        for start in stride(from: 0, to: frame.count, by: dataLength) {
            let part = frame[start..<min(start + dataLength, frame.count)]
            let header = link.handle | (start == 0 ? 2 << 12 : 1 << 12)
            send([0x02] + header.littleEndianBytes + UInt16(part.count).littleEndianBytes + part)
        }
    }
}
