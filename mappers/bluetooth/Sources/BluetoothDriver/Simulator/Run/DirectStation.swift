// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Plays one peripheral that is connected from the beginning: each packet is a PDU of the Attribute Protocol.
struct DirectStation: SimulatorStation {
    private var peripheral: SimulatedPeripheral
    private var packets: [[UInt8]] = []
    private(set) var isFinished = false

    init(_ peripheral: SimulatedPeripheral) {
        self.peripheral = peripheral
        self.peripheral.connect(at: .zero)
    }

    var peripherals: [SimulatedPeripheral] { [peripheral] }
    var adapterIndex: UInt16? { nil }
    var nextDue: Duration? { peripheral.nextDue }

    mutating func receive(_ packet: [UInt8], at now: Duration) { peripheral.receive(packet, at: now) }

    mutating func apply(_ command: SimulatorCommand, at now: Duration) {
        if command.address == peripheral.address { peripheral.apply(command.action, at: now) }
    }

    mutating func advance(to now: Duration) {
        for event in peripheral.advance(to: now) {
            switch event {
            case .send(let pdu): packets.append(pdu)
            case .disconnect:
                peripheral.disconnect()
                isFinished = true
                return
            case .request: break
            }
        }
    }

    mutating func takePackets() -> [[UInt8]] {
        defer { packets = [] }
        return packets
    }
}
