// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Makes a simulated peripheral of what a profile says about a device.
struct ProfilePeripheral {
    typealias Device = MapperKit.Device<BluetoothConnection, BluetoothVisitor>

    let peripheral: SimulatedPeripheral
    /// What cannot be played, and what will not be as it says.
    private(set) var findings: [Diagnostic] = []

    /// - Parameter seed: Decides where in their course values begin.
    init(_ device: Device, seed: UInt64 = 0) {
        let address = Self.address(of: device)
        let kind = device.config.addressType ?? (address.bytes[0] >> 6 == 3 ? .random : .public)
        let name = device.config.name ?? (device.config.mode == .connection ? device.id.name : nil)
        var problems: [(PropertyVisitor<BluetoothVisitor>, VisitorProblem)] = []
        switch device.config.mode {
        case .connection:
            let plans = CharacteristicPlans(device, seed: seed)
            peripheral = Self.connected(device, address, kind, name ?? "", plans)
            problems = plans.plans.flatMap { $0.problems.map { ($0.visitor, $0.problem) } }
        case .advertisement:
            let planning = BeaconPlanning(device, at: address, seed: seed)
            peripheral = Self.beacon(address, kind, name, planning.frames)
            problems = planning.problems.map { ($0.visitor, $0.problem) }
        }
        findings = problems.map { visitor, problem in
            .error(
                at: problem.location(in: visitor.property.visitor),
                "property '\(visitor.property.name)' of device '\(device.id)' cannot be played: \(problem.message)"
            )
        }
        findings += Self.doubts(about: device)
    }

    private static func connected(
        _ device: Device,
        _ address: BluetoothAddress,
        _ kind: BluetoothAddress.Kind,
        _ name: String,
        _ plans: CharacteristicPlans
    ) -> SimulatedPeripheral {
        let (pairing, protection) = protection(device.config)
        let services = generic(plans.services(protection: protection), name: name)
        // What is looked for by its service has to say so; the others only if there is room.
        let own = services.filter { ![0x1800, 0x1801].contains($0.uuid.short ?? 0) }
        var peripheral = SimulatedPeripheral(address, kind, name: name, services: own)
        peripheral.table = AttributeTable(services)
        if let service = device.config.service {
            peripheral.advertisingData =
                [0x02, 0x01, 0x06] + BeaconFramePlan.service(service).structure(at: 0, number: 0)
        }
        peripheral.pairing = pairing
        let positions = positions(of: plans, in: services)
        peripheral.motion = ProfileMotion(plans: positions.filter(\.plan.moves))
        return peripheral
    }

    private static func beacon(
        _ address: BluetoothAddress,
        _ kind: BluetoothAddress.Kind,
        _ name: String?,
        _ frames: [BeaconFramePlan]
    ) -> SimulatedPeripheral {
        var peripheral = SimulatedPeripheral(address, kind, name: name ?? "")
        if name == nil { peripheral.scanResponse = [] }
        peripheral.isConnectable = false
        peripheral.broadcast = BeaconBroadcast(frames: frames)
        return peripheral
    }

    /// How the peripheral pairs, and the error that it answers with before.
    private static func protection(_ config: BluetoothConnection) -> (PairingMethod, UInt8) {
        if config.security == SecurityDemand.none { return (.none, 0) }
        if let passkey = config.passkey { return (.passkey(UInt32(clamping: passkey)), 0x05) }
        switch config.security {
        case .encrypted: return (.justWorks, 0x0F)
        case .authenticated: return (.none, 0x05)
        case .some(.none), nil: return (.none, 0)
        }
    }

    /// The services that each device has, then the others.
    private static func generic(_ services: [SimulatedService], name: String) -> [SimulatedService] {
        let access = BluetoothUUID(0x1800)
        var own = services.first { $0.uuid == access } ?? SimulatedService(access, [])
        for characteristic in [
            SimulatedCharacteristic(BluetoothUUID(0x2A00), [.read], value: Array(name.utf8.prefix(248))),
            // No certain appearance.
            SimulatedCharacteristic(BluetoothUUID(0x2A01), [.read], value: [0, 0]),
        ] where !own.characteristics.contains(where: { $0.uuid == characteristic.uuid }) {
            own.characteristics.append(characteristic)
        }
        return [own, .genericAttribute] + services.filter { $0.uuid != access && $0.uuid != BluetoothUUID(0x1801) }
    }

    /// Which value of the table each plan is.
    private static func positions(
        of plans: CharacteristicPlans,
        in services: [SimulatedService]
    ) -> [(position: Int, plan: CharacteristicPlan)] {
        var counts: [BluetoothUUID: Int] = [:]
        return plans.plans.compactMap { plan in
            let index = counts[plan.service, default: 0]
            counts[plan.service] = index + 1
            guard let service = services.firstIndex(where: { $0.uuid == plan.service }) else { return nil }
            let before = services[..<service].reduce(0) { $0 + $1.characteristics.count }
            return (before + index, plan)
        }
    }

    /// The profile's address, or a static random one made of the device's name.
    static func address(of device: Device) -> BluetoothAddress {
        if let address = device.config.macAddress { return address }
        return BluetoothAddress(staticRandom: SeededPhase.hash("\(device.id)"))
    }

    private static func doubts(about device: Device) -> [Diagnostic] {
        var doubts: [Diagnostic] = []
        if let name = device.config.name, name.utf8.count > 29 {
            let message = "'name' has \(name.utf8.count) bytes, a played device advertises the first 29"
            doubts.append(.warning(at: device.location(of: "name"), "device '\(device.id)': \(message)"))
        }
        if device.config.security == .authenticated, device.config.passkey == nil {
            let message = "without a 'passkey' the played device pairs with nobody"
            doubts.append(.warning(at: device.location(of: "security"), "device '\(device.id)': \(message)"))
        }
        guard device.config.mode == .connection else { return doubts }
        for visitor in device.visitors
        where [.manufacturerData, .serviceData, .beacon].contains(visitor.config.source) {
            let message = "is advertised, which is played for 'mode' advertisement only"
            let place = visitor.property.visitor["source"]?.location ?? visitor.property.visitor.location
            doubts.append(
                .warning(at: place, "property '\(visitor.property.name)' of device '\(device.id)' \(message)")
            )
        }
        return doubts
    }
}

extension BluetoothAddress {
    /// An address as a device chooses it once and for all: the two topmost bits are set (Core Specification, Vol 6 Part B
    /// 1.3.2.1).
    fileprivate init(staticRandom number: UInt64) {
        bytes = (0..<6).map { UInt8(truncatingIfNeeded: number >> UInt64(40 - $0 * 8)) | ($0 == 0 ? 0xC0 : 0) }
    }
}
