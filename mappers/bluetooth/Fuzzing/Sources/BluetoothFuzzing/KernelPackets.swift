// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
@testable import BluetoothDriver

/// Makes the packets of the kernel's control channel, whole and broken.
enum KernelPackets {
    /// Any packet.
    static func any(_ random: inout FuzzRandom) -> [UInt8] {
        if random.happens(5) { return random.bytes(0...300) }
        let command = random.one(of: [0x0003, 0x0004, 0x0005, 0x000D, 0x0023, 0x0031])
        let packet = random.happens(50) ? event(&random) : answer(to: UInt16(command), index: 0, &random)
        return random.happens(50) ? random.mutated(packet) : packet
    }

    /// An event with what belongs to it, or with anything.
    static func event(_ random: inout FuzzRandom) -> [UInt8] {
        let peer = random.bytes(6...6) + [UInt8(random.number(0...3))]
        let parameters: [UInt8]
        let code = UInt16(random.number(3...0x30))
        switch random.number(0...6) {
        case 0:
            let data = random.bytes(0...60)
            let head = peer + [0xC4, 0, 0, 0, 0] + HCIFields.bytes(UInt16(data.count))
            return MGMTPacket(code: 0x0012, index: 0, parameters: head + data).bytes
        case 1: parameters = peer + random.bytes(0...12)
        case 2: parameters = [1] + peer + random.bytes(29...29)
        case 3: parameters = [1] + random.bytes(6...6) + peer + random.bytes(16...16)
        case 4: parameters = random.bytes(4...4)
        case 5: parameters = []
        default: parameters = random.bytes(0...300)
        }
        return MGMTPacket(code: code, index: random.happens(90) ? 0 : .max, parameters: parameters).bytes
    }

    /// Command Complete or Command Status.
    static func answer(to command: UInt16, index: UInt16, _ random: inout FuzzRandom) -> [UInt8] {
        let status = random.happens(70) ? 0 : UInt8(random.number(0...0x20))
        let parameters = HCIFields.bytes(command) + [status] + random.bytes(random.one(of: [0...0, 4...4, 0...300]))
        return MGMTPacket(code: status == 0 ? 1 : 2, index: index, parameters: parameters).bytes
    }
}
#endif
