// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is what a simulated peripheral has to offer, each entry with its handle.
///
/// Laid out as Core Specification, Vol 3 Part G 3 asks for: a service's declaration, then of each characteristic the
/// declaration, the value and the descriptors.
struct AttributeTable: Hashable, Sendable {
    private(set) var attributes: [SimulatedAttribute] = []
    private let services: [SimulatedService]

    /// Lays out services from handle 1 on; what has no handle any more is left out.
    /// - Parameter gap: Handles left free in front of the first service that is no generic one (1800, 1801).
    init(_ services: [SimulatedService], gap: Int = 0) {
        self.services = services
        var next = 1
        var isGapLeft = false
        for service in services {
            if !isGapLeft, service.uuid != BluetoothUUID(0x1800), service.uuid != BluetoothUUID(0x1801) {
                next += gap
                isGapLeft = true
            }
            guard let group = Self.attributes(of: service, from: next) else { return }
            attributes += group
            next += group.count
        }
    }

    subscript(handle: UInt16) -> SimulatedAttribute? { index(of: handle).map { attributes[$0] } }

    /// The attributes from one handle to another, both included.
    func attributes(in handles: ClosedRange<UInt16>) -> [SimulatedAttribute] {
        attributes.filter { handles.contains($0.handle) }
    }

    /// The handles of the values of a characteristic; more than one when it is there more than once.
    func valueHandles(of uuid: BluetoothUUID) -> [UInt16] {
        attributes.filter { if case .value = $0.role { $0.type == uuid } else { false } }.map(\.handle)
    }

    /// The handles of all values, in their order.
    var valueHandles: [UInt16] {
        attributes.filter { if case .value = $0.role { true } else { false } }.map(\.handle)
    }

    /// The value of a characteristic; `nil` when there is none of the name.
    func value(of uuid: BluetoothUUID) -> [UInt8]? {
        valueHandles(of: uuid).first.flatMap { self[$0]?.value }
    }

    /// The subscription that belongs to the value at a handle.
    func subscription(to handle: UInt16) -> SimulatedAttribute? {
        attributes.first { $0.role == .subscription(to: handle) }
    }

    /// Stores a value; nothing happens when there is no such handle.
    mutating func set(_ value: [UInt8], at handle: UInt16) {
        if let index = index(of: handle) { attributes[index].value = value }
    }

    /// Protects a value with an error for clients that are not encrypted; 0 opens it.
    mutating func protect(_ handle: UInt16, with code: UInt8) {
        if let index = index(of: handle) { attributes[index].protection = code }
    }

    /// The same attributes on other handles, as after an update of a device's firmware; the generic services stay.
    func shifted(by gap: Int) -> AttributeTable {
        var table = AttributeTable(services, gap: gap)
        for (index, old) in zip(table.attributes.indices, attributes) where old.role.isContent {
            table.attributes[index].value = old.value
            table.attributes[index].protection = old.protection
        }
        return table
    }

    private func index(of handle: UInt16) -> Int? { attributes.firstIndex { $0.handle == handle } }

    private static func attributes(of service: SimulatedService, from first: Int) -> [SimulatedAttribute]? {
        let count = service.characteristics.reduce(1) { $0 + $1.attributeCount }
        guard let handle = UInt16(exactly: first), handle > 0, let end = UInt16(exactly: first + count - 1) else {
            return nil
        }
        var group = [
            SimulatedAttribute(
                handle: handle,
                type: .primaryService,
                role: .service(end: end),
                value: service.uuid.littleEndianBytes
            )
        ]
        for characteristic in service.characteristics {
            group += characteristic.attributes(from: handle + UInt16(group.count))
        }
        return group
    }
}

extension SimulatedAttribute.Role {
    /// Whether the attribute's value says something other than how the table is laid out.
    fileprivate var isContent: Bool {
        switch self {
        case .value, .descriptor: true
        case .service, .declaration, .subscription: false
        }
    }
}

extension SimulatedCharacteristic {
    fileprivate var hasSubscription: Bool { !properties.isDisjoint(with: [.notify, .indicate]) }

    fileprivate var attributeCount: Int {
        2 + (hasSubscription ? 1 : 0) + (userDescription == nil ? 0 : 1) + (presentationFormat == nil ? 0 : 1)
    }

    fileprivate func attributes(from first: UInt16) -> [SimulatedAttribute] {
        let place = first + 1
        var group = [
            SimulatedAttribute(
                handle: first,
                type: .characteristicDeclaration,
                role: .declaration,
                value: [properties.rawValue] + place.littleEndianBytes + uuid.littleEndianBytes
            ),
            SimulatedAttribute(
                handle: place,
                type: uuid,
                role: .value(properties),
                value: value,
                maximumLength: maximumLength,
                protection: protection
            ),
        ]
        func add(_ type: BluetoothUUID, _ role: SimulatedAttribute.Role, _ value: [UInt8]) {
            let handle = first + UInt16(group.count)
            group.append(SimulatedAttribute(handle: handle, type: type, role: role, value: value))
        }
        if hasSubscription { add(.clientConfiguration, .subscription(to: place), [0, 0]) }
        if let userDescription { add(.userDescription, .descriptor, Array(userDescription.utf8)) }
        if let presentationFormat { add(.presentationFormat, .descriptor, presentationFormat) }
        return group
    }
}
