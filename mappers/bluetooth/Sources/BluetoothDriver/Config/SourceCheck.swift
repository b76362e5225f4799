// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Checks where a property's value comes from: which keys the source needs, and which mean nothing for it.
struct SourceCheck {
    private let visitor: BluetoothVisitor
    private let property: DeviceModel.Property
    private let mode: ConnectionMode

    init(_ visitor: BluetoothVisitor, _ property: DeviceModel.Property, mode: ConnectionMode) {
        self.visitor = visitor
        self.property = property
        self.mode = mode
    }

    /// What a source that gives no bytes yields; `nil` where that cannot be told.
    var rawForm: RawForm? {
        switch visitor.source {
        case .rssi: RawForm(.int, range: ValueRange(minimum: .int(-127), maximum: .int(20)), name: "rssi")
        case .battery: RawForm(.int, range: ValueRange(minimum: .int(0), maximum: .int(100)), name: "battery")
        case .lastSeen: RawForm(.int, range: ValueRange(minimum: .int(0)), name: "lastSeen")
        case .characteristic, .manufacturerData, .serviceData, .beacon: nil
        }
    }

    /// What cannot be.
    var problems: [VisitorProblem] { missing + strangers + places + fields }

    /// What will not happen.
    var doubts: [VisitorProblem] {
        guard property.accessMode == .readWrite, visitor.source != .characteristic else { return [] }
        let message = "the model says ReadWrite, but 'source' \(visitor.source.rawValue) cannot be written"
        return [VisitorProblem("source", message)]
    }

    private var missing: [VisitorProblem] {
        func problem(_ key: String, _ what: String) -> [VisitorProblem] {
            [VisitorProblem(key, "the key '\(key)' is missing: \(what)")]
        }
        switch visitor.source {
        case .characteristic where visitor.characteristicUUID == nil:
            return problem("characteristicUUID", "the UUID of the characteristic to read, such as 2a19")
        case .manufacturerData where visitor.companyID == nil:
            return problem("companyID", "the number of the company whose data are meant, such as 0x004c")
        case .serviceData where visitor.serviceDataUUID == nil:
            return problem("serviceDataUUID", "the UUID of the service whose data are meant, such as fcd2")
        case .beacon where visitor.field?.isEmpty ?? true:
            return problem("field", "the beacon's value that is meant, such as temperature")
        default: return []
        }
    }

    /// Keys that say something about another source, or about bytes where there are none.
    private var strangers: [VisitorProblem] {
        let isCharacteristic = visitor.source == .characteristic
        let all: [(key: String, isGiven: Bool, isAllowed: Bool)] = [
            ("characteristicUUID", visitor.characteristicUUID != nil, isCharacteristic),
            ("serviceUUID", visitor.serviceUUID != nil, isCharacteristic),
            ("instance", visitor.instance != nil, isCharacteristic),
            ("notify", visitor.notify != .auto, isCharacteristic),
            ("acknowledge", visitor.acknowledge != .auto, isCharacteristic),
            ("dataWrite", visitor.dataWrite != nil, isCharacteristic),
            ("companyID", visitor.companyID != nil, visitor.source == .manufacturerData),
            ("serviceDataUUID", visitor.serviceDataUUID != nil, visitor.source == .serviceData),
            ("field", visitor.field != nil, visitor.source == .beacon),
            ("dataConverter", visitor.dataConverter != nil, visitor.source.isOctets),
            ("dataType", visitor.dataType != nil, visitor.source.isOctets),
            ("byteOrder", visitor.byteOrder != nil, visitor.source.isOctets),
            ("startByte", visitor.startByte != nil, visitor.source.isOctets),
            ("length", visitor.length != nil, visitor.source.isOctets),
            ("bit", visitor.bit != nil, visitor.source.isOctets),
            ("bitCount", visitor.bitCount != nil, visitor.source.isOctets),
        ]
        return all.filter { $0.isGiven && !$0.isAllowed }.map { key, _, _ in
            VisitorProblem(key, "'\(key)' means nothing for 'source' \(visitor.source.rawValue): keep one or the other")
        }
    }

    /// Names that no beacon tells, and words for properties that take numbers.
    private var fields: [VisitorProblem] {
        guard visitor.source == .beacon, let name = visitor.field, !name.isEmpty else { return [] }
        guard let (field, _) = BeaconField.named(name) else {
            let hint = Spelling.suggestion(for: name, in: BeaconField.allCases.map(\.rawValue))
            return [VisitorProblem("field", "'field' is '\(name)', which no beacon tells\(hint)")]
        }
        guard field.isText, property.dataType != .string else { return [] }
        let message = "'field' \(name) is text, but the model says \(property.dataType.rawValue)"
        return [VisitorProblem("field", message)]
    }

    private var places: [VisitorProblem] {
        var problems: [VisitorProblem] = []
        if let instance = visitor.instance, !(1...255).contains(instance) {
            problems.append(VisitorProblem("instance", "'instance' is \(instance), allowed is 1…255"))
        }
        if rawForm != nil, property.dataType == .bytes {
            let message = "'source' \(visitor.source.rawValue) gives a number, but the model says bytes"
            problems.append(VisitorProblem("source", message))
        }
        let isHeard = [.beacon, .manufacturerData, .serviceData].contains(visitor.source)
        if mode == .connection, isHeard, missing.isEmpty {
            let message = "'source' \(visitor.source.rawValue) is heard from devices that advertise, but the device's "
            problems.append(VisitorProblem("source", message + "'mode' is connection: say 'mode: advertisement'"))
        }
        if mode == .advertisement, visitor.source == .characteristic {
            let message = "a characteristic is read over a connection, but the device's 'mode' is advertisement"
            problems.append(VisitorProblem("characteristicUUID", message + ": name another 'source'"))
        }
        return problems
    }
}
