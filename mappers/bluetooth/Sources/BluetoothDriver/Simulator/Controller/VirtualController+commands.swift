// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension VirtualController {
    /// Does what a command says.
    mutating func take(_ opcode: UInt16, _ parameters: [UInt8]) {
        if let answer = ControllerFacts.answer(to: opcode, dataLength: dataLength) { return complete(opcode, answer) }
        switch opcode {
        case 0x0C03: reset(opcode)
        case 0x1009: complete(opcode, [0] + address.littleEndianBytes)
        case 0x2005:
            randomAddress = BluetoothAddress(littleEndian: parameters.prefix(6))
            complete(opcode)
        case 0x2018: complete(opcode, [0] + (0..<8).map { _ in UInt8.random(in: .min ... .max) })
        case 0x200B where parameters.count >= 7:
            (scan.isActive, scan.hearsAcceptListOnly) = (parameters[0] == 1, parameters[6] & 1 == 1)
            complete(opcode, [scan.isOn ? ControllerError.disallowed : 0])
        case 0x200C where parameters.count >= 2:
            (scan.isOn, scan.skipsDuplicates, scan.told) = (parameters[0] == 1, parameters[1] == 1, [])
            complete(opcode)
        case 0x2010...0x2012: changeAcceptList(opcode, parameters)
        case 0x200D: createConnection(opcode, parameters)
        case 0x200E: cancelConnection(opcode)
        case 0x0406, 0x0C2D, 0x041D, 0x1405, 0x2013, 0x2015, 0x2016, 0x2019: takeLinkCommand(opcode, parameters)
        default: refuse(opcode)
        }
    }

    private mutating func reset(_ opcode: UInt16) {
        for link in links.values { peripherals[link.peripheral].disconnect() }
        (links, scan, acceptList, wish) = ([:], Scan(), [], nil)
        complete(opcode)
    }

    private mutating func changeAcceptList(_ opcode: UInt16, _ parameters: [UInt8]) {
        if opcode == 0x2010 {
            acceptList = []
        } else {
            guard let peer = VirtualPeer(octetsAt: 0, of: parameters) else {
                return complete(opcode, [ControllerError.invalidParameters])
            }
            if opcode == 0x2011 { acceptList.insert(peer) } else { acceptList.remove(peer) }
        }
        complete(opcode)
    }

    private mutating func createConnection(_ opcode: UInt16, _ parameters: [UInt8]) {
        guard wish == nil else { return begin(opcode, status: ControllerError.disallowed) }
        guard let peer = VirtualPeer(octetsAt: 5, of: parameters),
            let minimum = UInt16(littleEndian: parameters, at: 13),
            let maximum = UInt16(littleEndian: parameters, at: 15),
            let latency = UInt16(littleEndian: parameters, at: 17),
            let timeout = UInt16(littleEndian: parameters, at: 19)
        else { return begin(opcode, status: ControllerError.invalidParameters) }
        let isPublic = parameters[12] & 1 == 0
        wish = Wish(
            peer: parameters[4] == 0 ? peer : nil,
            own: VirtualPeer(isPublic ? address : randomAddress ?? address, isPublic ? .public : .random),
            parameters: ConnectionParameters(
                minimumInterval: minimum,
                maximumInterval: maximum,
                latency: latency,
                timeout: timeout
            )
        )
        begin(opcode)
    }

    private mutating func cancelConnection(_ opcode: UInt16) {
        guard let wish else { return complete(opcode, [ControllerError.disallowed]) }
        self.wish = nil
        complete(opcode)
        let peer = wish.peer?.octets ?? [UInt8](repeating: 0, count: 7)
        tellLE(0x01, [ControllerError.unknownConnection, 0, 0, 0] + peer + [UInt8](repeating: 0, count: 7))
    }

    /// Does what a command says that is about a connection.
    private mutating func takeLinkCommand(_ opcode: UInt16, _ parameters: [UInt8]) {
        // The power's command and those about signal and channels end at once, the others with an event.
        let endsAtOnce = [0x0C2D, 0x1405, 0x2015].contains(opcode)
        guard let handle = UInt16(littleEndian: parameters), let link = links[handle] else {
            let handle = Array(parameters.prefix(2))
            if endsAtOnce { return complete(opcode, [ControllerError.unknownConnection] + handle + [0]) }
            return begin(opcode, status: ControllerError.unknownConnection)
        }
        if !endsAtOnce { begin(opcode) }
        switch opcode {
        case 0x0406: end(link, reason: DisconnectReason.endedByHost)
        case 0x0C2D: complete(opcode, [0] + handle.littleEndianBytes + [0])
        case 0x1405:
            complete(opcode, [0] + handle.littleEndianBytes + [UInt8(bitPattern: peripherals[link.peripheral].rssi)])
        case 0x2015: complete(opcode, [0] + handle.littleEndianBytes + [0xFF, 0xFF, 0xFF, 0xFF, 0x1F])
        case 0x041D: tell(0x0C, [0] + handle.littleEndianBytes + [8, 0xFF, 0xFF, 0, 0])
        case 0x2016: tellLE(0x04, [0] + handle.littleEndianBytes + ControllerFacts.features)
        case 0x2013: tellLE(0x03, [0] + handle.littleEndianBytes + parameters.dropFirst(4).prefix(6))
        default: encrypt(link, with: Array(parameters.dropFirst(12)))
        }
    }
}
