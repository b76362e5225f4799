// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Works out what a device advertises so that its profile finds all it wants.
struct BeaconPlanning {
    typealias Visitor = PropertyVisitor<BluetoothVisitor>

    private(set) var frames: [BeaconFramePlan] = []
    private(set) var problems: [(visitor: Visitor, problem: VisitorProblem)] = []
    private let device: Device<BluetoothConnection, BluetoothVisitor>
    private let address: BluetoothAddress
    private let seed: UInt64
    /// The fields that are wanted, by name, with the visitor.
    private var wanted: [(name: String, field: PlannedField, ordinal: Int)] = []

    init(_ device: Device<BluetoothConnection, BluetoothVisitor>, at address: BluetoothAddress, seed: UInt64) {
        (self.device, self.address, self.seed) = (device, address, seed)
        collect()
        let names = Set(wanted.map(\.field.field))
        planIBeacon(names)
        planEddystone(names)
        planBTHome()
        planOctets()
        if let service = device.config.service { frames.append(.service(service)) }
        // Not in the scan response: who only listens never asks for that.
        if let name = device.config.name { frames.append(.name(name)) }
    }

    private func key(_ visitor: Visitor) -> String { "\(device.id) \(visitor.property.name)" }

    // MARK: Beacons

    private mutating func collect() {
        for visitor in device.visitors {
            let name = visitor.config.source == .battery ? "battery" : visitor.config.field ?? ""
            guard visitor.config.source == .beacon || visitor.config.source == .battery else { continue }
            // Others were refused when the profile was checked.
            guard let (field, ordinal) = BeaconField.named(name) else { continue }
            let counts = [.packetID, .advertisementCount, .uptime, .timestamp].contains(field)
            let course = SimulatedCourse(visitor, key: key(visitor), seed: seed, counts: counts)
            let planned = PlannedField(field: field, course: course)
            if !Self.isPlayed(planned) {
                let message = "'field' \(name) is in no format that is played: iBeacon, Eddystone and BTHome are"
                problems.append((visitor, VisitorProblem("field", message)))
            } else if device.config.bindKey != nil, BTHomeEncoding.object(for: field, course) == nil {
                let message = "'field' \(name) is never encrypted, but the device has a 'bindKey'"
                problems.append((visitor, VisitorProblem("field", message)))
            } else if !wanted.contains(where: { $0.name == name }) {
                wanted.append((name, planned, ordinal))
            }
        }
    }

    private static let iBeacon: Set<BeaconField> = [.uuid, .major, .minor, .measuredPower]

    private static func isPlayed(_ planned: PlannedField) -> Bool {
        iBeacon.contains(planned.field) || planned.field == .txPower
            || EddystonePlan.formats.contains { $0.fields.contains(planned.field) }
            || BTHomeEncoding.object(for: planned.field, planned.course) != nil
    }

    /// Bytes that name this beacon, the same in each run.
    private func identity(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: SeededPhase.hash("\(device.id) \($0 / 8)") >> UInt64($0 % 8 * 8)) }
    }

    private mutating func planIBeacon(_ names: Set<BeaconField>) {
        guard !names.isDisjoint(with: Self.iBeacon) else { return }
        frames.append(.iBeacon(take { Self.iBeacon.contains($0) }, uuid: identity(16)))
    }

    private mutating func planEddystone(_ names: Set<BeaconField>) {
        let power = wanted.filter { $0.field.field == .txPower }.map { ($0.name, $0.field) }
        let isEddystone = EddystonePlan.formats.contains { !$0.fields.isDisjoint(with: names) }
        guard isEddystone || !power.isEmpty else { return }
        for (format, fields) in EddystonePlan.formats {
            let isAlone = format == .eddystoneUID && !isEddystone
            guard !fields.isDisjoint(with: names) || isAlone else { continue }
            let measured: Set<BeaconField> = format == .eddystoneTLM ? [.voltage, .temperature] : []
            let own = take { fields.contains($0) || measured.contains($0) }.merging(power) { first, _ in first }
            frames.append(.eddystone(format, own, identity: identity(16)))
        }
        _ = take { $0 == .txPower }
    }

    /// Takes fields out of those that are still wanted.
    private mutating func take(_ isTaken: (BeaconField) -> Bool) -> [String: PlannedField] {
        let taken = wanted.filter { isTaken($0.field.field) && $0.ordinal == 1 }
        wanted.removeAll { wish in taken.contains { $0.name == wish.name } }
        return Dictionary(taken.map { ($0.name, $0.field) }) { first, _ in first }
    }

    private mutating func planBTHome() {
        var objects: [(object: BTHomeObject, value: PlannedField)] = []
        for wish in wanted.sorted(by: { $0.ordinal < $1.ordinal }) {
            guard let object = BTHomeEncoding.object(for: wish.field.field, wish.field.course) else { continue }
            // Whoever wants the second needs the first, too.
            let missing = wish.ordinal - objects.filter { $0.value.field == wish.field.field }.count
            for _ in 0..<max(missing, 0) { objects.append((object, wish.field)) }
        }
        guard !objects.isEmpty else { return }
        // Objects in the order of their ids, as the format asks for; those of one field stay together.
        let room = BTHomePlan.capacity(isEncrypted: device.config.bindKey != nil)
        let groups = Dictionary(grouping: objects) { $0.value.field }.values.sorted {
            $0[0].object.id < $1[0].object.id
        }
        var plans: [[(object: BTHomeObject, value: PlannedField)]] = [[]]
        var used = 0
        for group in groups {
            let length = group.reduce(0) { $0 + BTHomeEncoding.octets($1.object, $1.value.course, at: 0).count }
            if used + length > room, used > 0 {
                plans.append([])
                used = 0
            }
            plans[plans.count - 1] += group
            used += length
        }
        for (index, plan) in plans.enumerated() {
            let position = (index, plans.count)
            frames.append(
                .bthome(BTHomePlan(objects: plan, address: address, key: device.config.bindKey, position: position))
            )
        }
    }

    // MARK: Bytes

    private mutating func planOctets() {
        for visitors in groups({ $0.source == .manufacturerData ? $0.companyID.map { "\($0.value)" } : nil }) {
            guard let company = visitors[0].config.companyID?.value else { continue }
            if let values = values(visitors, room: BeaconFramePlan.capacity - 4) {
                frames.append(.manufacturer(company, values))
            }
        }
        for visitors in groups({ $0.source == .serviceData ? $0.serviceDataUUID?.description : nil }) {
            guard let uuid = visitors[0].config.serviceDataUUID else { continue }
            let room = BeaconFramePlan.capacity - 2 - uuid.littleEndianBytes.count
            if let values = values(visitors, room: room) { frames.append(.serviceData(uuid, values)) }
        }
    }

    private func groups(_ key: (BluetoothVisitor) -> String?) -> [[Visitor]] {
        Dictionary(grouping: device.visitors.filter { key($0.config) != nil }) { key($0.config) }
            .sorted { ($0.key ?? "") < ($1.key ?? "") }.map(\.value)
    }

    private mutating func values(_ visitors: [Visitor], room: Int) -> [PlannedValue]? {
        var values: [PlannedValue] = []
        for visitor in visitors {
            do throws(VisitorProblem) {
                let isShared = visitors.count > 1
                let value = try PlannedValue(visitor, isShared: isShared, key: key(visitor), seed: seed)
                guard value.extent <= room else {
                    throw VisitorProblem("source", "\(value.extent) bytes are wanted, an advertisement holds \(room)")
                }
                values.append(value)
            } catch {
                problems.append((visitor, error))
            }
        }
        return values.isEmpty ? nil : values
    }
}
