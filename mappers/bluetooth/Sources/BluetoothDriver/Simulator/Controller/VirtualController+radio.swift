// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension VirtualController {
    /// Lets a peripheral be heard once: by a connection that waits for it, else by the scan.
    mutating func advertise(_ index: Int, at now: Duration) {
        let peripheral = peripherals[index]
        let peer = VirtualPeer(peripheral.address, peripheral.kind)
        if let wish, peripheral.isConnectable, wish.peer.map({ $0 == peer }) ?? acceptList.contains(peer) {
            self.wish = nil
            return connect(index, peer, as: wish, at: now)
        }
        guard scan.isOn, !scan.hearsAcceptListOnly || acceptList.contains(peer) else { return }
        let isScannable = !peripheral.scanResponse.isEmpty
        let data = peripherals[index].advertisement(at: now)
        report(peripheral.isConnectable ? 0 : isScannable ? 2 : 3, peer, data, peripheral.rssi)
        if scan.isActive, isScannable { report(4, peer, peripheral.scanResponse, peripheral.rssi) }
    }

    private mutating func report(_ type: UInt8, _ peer: VirtualPeer, _ data: [UInt8], _ rssi: Int8) {
        let data = data.prefix(31)
        let content = [type] + peer.octets + [UInt8(data.count)] + data
        guard scan.told.insert(content).inserted || !scan.skipsDuplicates else { return }
        tellLE(0x02, [1] + content + [UInt8(bitPattern: rssi)])
    }

    private mutating func connect(_ index: Int, _ peer: VirtualPeer, as wish: Wish, at now: Duration) {
        let handle = takeHandle()
        let parameters = wish.parameters
        tellLE(
            0x01,
            [0] + handle.littleEndianBytes + [0] + peer.octets + parameters.maximumInterval.littleEndianBytes
                + parameters.latency.littleEndianBytes
                + parameters.timeout.littleEndianBytes + [0]
        )
        guard peripherals[index].refusals == 0 else {
            // A controller takes a connection for made when it has asked for it, and learns otherwise soon after.
            peripherals[index].refusals -= 1
            return tell(0x05, [0] + handle.littleEndianBytes + [DisconnectReason.notEstablished])
        }
        links[handle] = VirtualLink(
            handle: handle,
            peripheral: index,
            pairing: SimulatedPairing(peripherals[index].pairing, initiator: wish.own, responder: peer)
        )
        peripherals[index].connect(at: now)
    }

    /// Does what a peripheral does to its connection.
    mutating func happen(_ event: PeripheralEvent, on link: VirtualLink) {
        guard links[link.handle] != nil else { return }
        switch event {
        case .send(let pdu): send(pdu, on: 4, of: link)
        case .disconnect(let reason): end(link, reason: reason)
        case .request(let parameters):
            // Connection Parameter Update Request (Core Specification, Vol 3 Part A 4.20).
            send([0x12, 0x01, 0x08, 0x00] + parameters.octets, on: 5, of: link)
        }
    }

    /// Ends a connection for a reason.
    mutating func end(_ link: VirtualLink, reason: UInt8) {
        links[link.handle] = nil
        peripherals[link.peripheral].disconnect()
        tell(0x05, [0] + link.handle.littleEndianBytes + [reason])
    }
}
