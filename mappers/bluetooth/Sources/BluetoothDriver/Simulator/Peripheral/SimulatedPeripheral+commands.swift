// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension SimulatedPeripheral {
    /// Lets something happen to the peripheral.
    mutating func apply(_ action: SimulatorCommand.Action, at now: Duration) {
        switch action {
        case .lose: add(.disconnect(reason: DisconnectReason.timeout), due: now)
        case .end: add(.disconnect(reason: DisconnectReason.endedByPeer), due: now)
        case .refuse(let count): refusals = count
        case .absent:
            isPresent = false
            add(.disconnect(reason: DisconnectReason.timeout), due: now)
        case .present: isPresent = true
        case .set(let uuid, let value): set(value, of: uuid, at: now)
        case .silent: faults.isSilent = true
        case .speak: faults.isSilent = false
        case .slow(let delay): faults.delay = delay
        case .error(let uuid, let code):
            for handle in table.valueHandles(of: uuid) { faults.errors[handle] = code == 0 ? nil : code }
        case .protect(let uuid, let code):
            for handle in table.valueHandles(of: uuid) { table.protect(handle, with: code) }
        case .spoil: faults.spoilsEcho = true
        case .drop(let count): faults.remainingPDUs = count
        case .shift(let gap): shift(by: gap, at: now)
        case .encrypt: encrypt()
        case .forget: longTermKey = nil
        case .rssi(let level): rssi = level
        case .advertise(let data):
            broadcast = nil
            advertisingData = Array(data.prefix(31))
        case .parameters(let wish): add(.request(wish), due: now)
        case .heal:
            faults = AttributeFaults()
            refusals = 0
        }
    }

    /// Lets the faults that are due begin or end.
    mutating func runFaults(to now: Duration) {
        for index in schedule.indices {
            if let action = schedule[index].change(at: now) { apply(action, at: now) }
        }
    }

    /// When a fault begins or ends next.
    func nextFault(after now: Duration) -> Duration? { schedule.compactMap { $0.nextChange(after: now) }.min() }

    /// What it advertises at a moment.
    mutating func advertisement(at now: Duration) -> [UInt8] {
        defer { advertisements &+= 1 }
        return broadcast?.data(at: now, number: advertisements) ?? advertisingData
    }
}
