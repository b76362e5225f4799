// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
@testable import BluetoothDriver

/// Has a scan live through whatever a controller may answer, and whatever happens to it besides.
struct EventFuzz {
    private var random: FuzzRandom
    private var scan: HCIScan
    private var now = Duration.zero
    private var tally = FuzzTally()

    init(random: FuzzRandom) {
        self.random = random
        var settings = HCIScanSettings()
        settings.interval = .milliseconds(self.random.number(0...20_000))
        settings.window = .milliseconds(self.random.number(0...20_000))
        settings.dropsDuplicates = self.random.happens(50)
        settings.watchdog = .milliseconds(self.random.number(1...60_000))
        scan = HCIScan(settings)
    }

    mutating func run() throws -> FuzzTally {
        var isStarted = false
        for _ in 0..<100 {
            now += .milliseconds(random.number(0...5000))
            let actions: [HCIScan.Action]
            switch random.number(0...20) {
            case 0: (actions, isStarted) = (scan.start(now), true)
            case 1: actions = scan.hold(now)
            case 2: actions = scan.rearm(now)
            case 3: (actions, isStarted) = (scan.stop(), false)
            case 4: actions = scan.notSent(BluetoothErrno(CInt(random.number(0...140))), now)
            case 5...9: actions = try timePassed()
            default: actions = scan.receive(packet(), now)
            }
            try check(actions, isStarted)
        }
        return tally
    }

    private mutating func timePassed() throws -> [HCIScan.Action] {
        if random.happens(50) { now = max(now, scan.deadline ?? now) }
        let actions = scan.timePassed(now)
        guard scan.deadline.map({ $0 > now }) ?? true else { throw FuzzFinding("what is due stays due at \(now)") }
        return actions
    }

    private func check(_ actions: [HCIScan.Action], _ isStarted: Bool) throws {
        guard actions.count <= 3 else { throw FuzzFinding("one step makes \(actions.count)") }
        guard (scan.deadline != nil) == isStarted else { throw FuzzFinding("nothing will ever be due again") }
        if let deadline = scan.deadline, deadline > now + .seconds(61) {
            throw FuzzFinding("nothing is due before \(deadline - now)")
        }
        for case .send(let command) in actions where command.packet.count > 4 + 255 {
            throw FuzzFinding("a command of \(command.packet.count) bytes")
        }
        for case .tell(let notice) in actions where notice.description.isEmpty { throw FuzzFinding("no notice") }
    }

    private mutating func packet() -> [UInt8] {
        let packet = random.happens(30) ? random.mutated(answer()) : answer()
        switch HCIEvent(packet) {
        case nil: tally.refused += 1
        case .some: tally.taken += 1
        }
        return packet
    }

    private mutating func answer() -> [UInt8] {
        let opcode = HCIFields.bytes(random.one(of: [0x200B, 0x200C, 0x2041, 0x2042, 0] as [UInt16]))
        let status: UInt8 = random.one(of: [0, 0, 0, 0, 0x0C, 0x01, 0x12])
        switch random.number(0...9) {
        case 0: return random.bytes(0...40)
        case 1: return [0x04, random.byte(), 4] + random.bytes(4...4)
        case 2: return random.one(of: AdvertisementSamples.events)
        case 3, 4: return [0x04, 0x0F, 4, status, 1] + opcode
        default: return [0x04, 0x0E, 4, 1] + opcode + [status]
        }
    }
}
#endif
