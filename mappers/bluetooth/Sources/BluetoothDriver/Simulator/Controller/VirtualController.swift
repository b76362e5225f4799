// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a Bluetooth adapter that only exists in this process, for the kernel's `hci_vhci`.
///
/// A state machine: packets of the host go in, packets for the host come out (Core Specification, Vol 4 Part E 5.4).
/// It says that it is a Low Energy controller of version 4.2, so that the host uses the commands of that time, and
/// hears the peripherals that it is made with, and no others.
struct VirtualController: SimulatorStation {
    /// Says whom the host wants to be connected with.
    struct Wish: Sendable {
        /// `nil` for anybody on the accept list.
        var peer: VirtualPeer?
        var own: VirtualPeer
        var parameters: ConnectionParameters
    }

    /// Says what the host wants to hear.
    struct Scan: Sendable {
        var isOn = false
        var isActive = false
        var skipsDuplicates = false
        var hearsAcceptListOnly = false
        /// What was told already.
        var told: Set<[UInt8]> = []
    }

    let address: BluetoothAddress
    var randomAddress: BluetoothAddress?
    var peripherals: [SimulatedPeripheral]
    var scan = Scan()
    var acceptList: Set<VirtualPeer> = []
    var wish: Wish?
    /// By handle.
    var links: [UInt16: VirtualLink] = [:]
    /// Which adapter of the machine it is; `nil` until `hci_vhci` has told it.
    private(set) var adapterIndex: UInt16?
    /// Commands that it does not know, for the tests.
    private(set) var unknownOpcodes: Set<UInt16> = []
    private var time = Duration.zero
    private var nextHandle: UInt16 = 0x40
    private var nextAdvertising: [Duration]
    /// The first one asks `hci_vhci` for an adapter.
    private var packets: [[UInt8]] = [[0xFF, 0x00]]

    /// How many bytes of data a packet carries.
    let dataLength: Int

    init(_ address: BluetoothAddress, _ peripherals: [SimulatedPeripheral], dataLength: Int = 251) {
        self.address = address
        self.peripherals = peripherals
        self.dataLength = max(dataLength, 27)
        nextAdvertising = peripherals.map { _ in .zero }
    }

    var isFinished: Bool { false }

    var nextDue: Duration? {
        let heard = isListening ? peripherals.indices.filter(isAdvertising).map { nextAdvertising[$0] } : []
        return (heard + peripherals.compactMap(\.nextDue) + peripherals.compactMap { $0.nextFault(after: time) }).min()
    }

    mutating func receive(_ packet: [UInt8], at now: Duration) {
        switch packet.first {
        case 0x01 where packet.count >= 4:
            guard let opcode = UInt16(littleEndian: packet, at: 1) else { return }
            take(opcode, Array(packet.dropFirst(4).prefix(Int(packet[3]))))
        case 0x02: receiveData(packet.dropFirst(), at: now)
        // The answer of `hci_vhci` to the first packet.
        case 0xFF where packet.count >= 4: adapterIndex = UInt16(littleEndian: packet, at: 2)
        default: break
        }
    }

    mutating func apply(_ command: SimulatorCommand, at now: Duration) {
        for index in peripherals.indices where peripherals[index].address == command.address {
            peripherals[index].apply(command.action, at: now)
        }
    }

    mutating func advance(to now: Duration) {
        time = now
        for index in peripherals.indices { peripherals[index].runFaults(to: now) }
        for link in links.values.sorted(by: { $0.handle < $1.handle }) {
            for event in peripherals[link.peripheral].advance(to: now) { happen(event, on: link) }
        }
        guard isListening else { return }
        for index in peripherals.indices where isAdvertising(index) && nextAdvertising[index] <= now {
            nextAdvertising[index] = now + max(peripherals[index].advertisingInterval, .milliseconds(1))
            advertise(index, at: now)
        }
    }

    mutating func takePackets() -> [[UInt8]] {
        defer { packets = [] }
        return packets
    }

    /// Sends a packet to the host.
    mutating func send(_ packet: [UInt8]) { packets.append(packet) }

    /// Tells the host of an event.
    mutating func tell(_ event: UInt8, _ parameters: [UInt8]) {
        send([0x04, event, UInt8(clamping: parameters.count)] + parameters)
    }

    /// Tells the host of an event of Low Energy.
    mutating func tellLE(_ event: UInt8, _ parameters: [UInt8]) { tell(0x3E, [event] + parameters) }

    /// Ends a command that is done at once.
    mutating func complete(_ opcode: UInt16, _ answer: [UInt8] = [0]) {
        tell(0x0E, [1] + opcode.littleEndianBytes + answer)
    }

    /// Says whether a command is begun whose end an event tells.
    mutating func begin(_ opcode: UInt16, status: UInt8 = 0) { tell(0x0F, [status, 1] + opcode.littleEndianBytes) }

    /// Takes the number for a new connection.
    mutating func takeHandle() -> UInt16 {
        defer { nextHandle = nextHandle >= 0xEFF ? 0x40 : nextHandle + 1 }
        return nextHandle
    }

    /// Answers a command that there is not.
    mutating func refuse(_ opcode: UInt16) {
        unknownOpcodes.insert(opcode)
        complete(opcode, [ControllerError.unknownCommand])
    }

    private var isListening: Bool { scan.isOn || wish != nil }

    private func isAdvertising(_ index: Int) -> Bool {
        peripherals[index].isPresent && !peripherals[index].isConnected
    }
}
