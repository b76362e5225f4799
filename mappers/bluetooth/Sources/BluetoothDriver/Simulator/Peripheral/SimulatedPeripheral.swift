// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a peripheral that only exists in this process: what it advertises, what it holds, and how it fails.
///
/// A value without a clock: who owns it tells it the time since it was switched on, and does what it says.
struct SimulatedPeripheral: Sendable {
    let address: BluetoothAddress
    let kind: BluetoothAddress.Kind
    var advertisingData: [UInt8]
    var scanResponse: [UInt8]
    var advertisingInterval = Duration.milliseconds(100)
    var rssi: Int8 = -60
    var isConnectable = true
    /// Whether it is switched on, and in reach.
    var isPresent = true
    /// How many connections still fail to be established.
    var refusals = 0
    /// The longest PDU it takes; `nil` when it does not exchange this.
    var mtu: Int? = 247
    var pairing = PairingMethod.none
    /// What a host encrypts with that has paired with it before.
    var longTermKey: [UInt8]?
    var table: AttributeTable
    /// What changes by itself.
    var motions: [BluetoothUUID: SimulatedMotion] = [:]
    /// What changes by itself as a profile says.
    var motion: ProfileMotion?
    /// What it advertises instead of ``advertisingData``, as a profile says.
    var broadcast: BeaconBroadcast?
    /// Advertisements that it has sent.
    var advertisements: UInt32 = 0
    var faults = AttributeFaults()
    /// Faults that come and go by themselves.
    var schedule: [ScheduledFault] = []
    /// PDUs that clients have sent since it was switched on.
    private(set) var receivedPDUs = 0
    /// Answers the client that is connected.
    private(set) var server: AttributeServer?
    private var agenda = PeripheralAgenda()
    private var steps: [BluetoothUUID: Int64] = [:]
    private var motionStep: Int?
    /// Characteristics that somebody has set, which no longer move.
    private var stopped: Set<BluetoothUUID> = []
    /// When the answer that was given last is on its way.
    private var lastAnswer = Duration.zero

    /// Makes one that advertises its name, and its services as far as they have room.
    init(
        _ address: BluetoothAddress,
        _ kind: BluetoothAddress.Kind = .random,
        name: String,
        services: [SimulatedService] = []
    ) {
        self.address = address
        self.kind = kind
        let shorts = services.compactMap { $0.uuid.short?.littleEndianBytes }.prefix(13)
        let list = shorts.isEmpty ? [] : [UInt8(shorts.count * 2 + 1), 0x03] + shorts.joined()
        let text = name.utf8.prefix(29)
        advertisingData = [0x02, 0x01, 0x06] + list
        scanResponse = [UInt8(text.count + 1), 0x09] + text
        table = AttributeTable(services)
    }

    var isConnected: Bool { server != nil }

    /// When it does something next by itself.
    var nextDue: Duration? {
        guard isConnected else { return nil }
        let moves = motions.compactMap { uuid, motion in
            motion.interval > .zero ? motion.interval * Double((steps[uuid] ?? -1) + 1) : nil
        }
        let next = motion.map { _ in ProfileMotion.interval * ((motionStep ?? -1) + 1) }
        return (moves + [agenda.nextDue, next].compactMap(\.self)).min()
    }

    /// Begins a connection.
    mutating func connect(at now: Duration) {
        server = AttributeServer(mtu: mtu)
        agenda.removeAll()
        lastAnswer = now
        move(to: now, tells: false)
    }

    /// Forgets the connection.
    mutating func disconnect() {
        server = nil
        agenda.removeAll()
    }

    /// Opens what is protected, as once the connection is encrypted.
    mutating func encrypt() { server?.isEncrypted = true }

    /// Takes a PDU of the client.
    mutating func receive(_ pdu: [UInt8], at now: Duration) {
        guard server != nil else { return }
        receivedPDUs += 1
        move(to: now, tells: true)
        guard let answer = server?.answer(pdu, from: &table, with: &faults) else { return }
        if answer.disconnects { return add(.disconnect(reason: DisconnectReason.endedByPeer), due: now) }
        // No answer overtakes the one before it.
        lastAnswer = max(lastAnswer, now + answer.delay)
        for pdu in answer.pdus { add(.send(pdu), due: lastAnswer) }
    }

    /// Brings the values to a moment, and takes what the peripheral does until then.
    mutating func advance(to now: Duration) -> [PeripheralEvent] {
        move(to: now, tells: true)
        return agenda.take(at: now)
    }

    /// Lets a value be another one from now on, which subscribers are told.
    mutating func set(_ value: [UInt8], of uuid: BluetoothUUID, at now: Duration) {
        motions[uuid] = nil
        stopped.insert(uuid)
        for handle in table.valueHandles(of: uuid) {
            table.set(value, at: handle)
            tell(handle, at: now)
        }
    }

    /// Moves the attributes to other handles, and tells a client that has asked for it.
    mutating func shift(by gap: Int, at now: Duration) {
        let old = table
        table = table.shifted(by: gap)
        server?.tableChanged(from: old, to: table)
        for handle in table.valueHandles(of: .serviceChanged) { tell(handle, at: now) }
    }

    /// Does something to the connection at a moment.
    mutating func add(_ event: PeripheralEvent, due: Duration) {
        if isConnected { agenda.add(event, due: due) }
    }

    private mutating func move(to now: Duration, tells: Bool) {
        moveProfile(to: now, tells: tells)
        for (uuid, motion) in motions where steps[uuid] != motion.step(at: now) {
            steps[uuid] = motion.step(at: now)
            for handle in table.valueHandles(of: uuid) {
                table.set(motion.value(at: now), at: handle)
                if tells { tell(handle, at: now) }
            }
        }
    }

    /// Moves what the profile says; what is written to the others stays.
    private mutating func moveProfile(to now: Duration, tells: Bool) {
        guard let motion, motionStep != motion.step(at: now) else { return }
        let step = motion.step(at: now)
        motionStep = step
        let handles = table.valueHandles
        for (position, plan) in motion.plans where handles.indices.contains(position) && !stopped.contains(plan.uuid) {
            let handle = handles[position]
            let current = table[handle]?.value ?? []
            let octets = plan.octets(at: Double(step), replacing: current)
            guard octets != current else { continue }
            table.set(octets, at: handle)
            if tells { tell(handle, at: now) }
        }
    }

    private mutating func tell(_ handle: UInt16, at now: Duration) {
        guard !faults.isSilent, let pdus = server?.tell(handle, of: table) else { return }
        for pdu in pdus { add(.send(pdu), due: now) }
    }
}
