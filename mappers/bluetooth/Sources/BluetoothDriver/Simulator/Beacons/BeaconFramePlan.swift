// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is one of the frames that a simulated beacon sends in turn.
enum BeaconFramePlan: Sendable {
    /// The most bytes beside the flags, with length and type.
    static let capacity = 28

    /// A service that it has.
    case service(BluetoothUUID)
    /// Its name, as far as it has room.
    case name(String)
    case bthome(BTHomePlan)
    case iBeacon([String: PlannedField], uuid: [UInt8])
    case eddystone(BeaconFormat, [String: PlannedField], identity: [UInt8])
    /// Bytes that visitors read out of a company's data.
    case manufacturer(UInt16, [PlannedValue])
    /// Bytes that visitors read out of a service's data.
    case serviceData(BluetoothUUID, [PlannedValue])

    /// The structure for a step of the values.
    /// - Parameter number: How many advertisements were sent before.
    func structure(at step: Int, number: UInt32) -> [UInt8] {
        let seconds = Double(step)
        switch self {
        case .service(let uuid):
            let octets = uuid.littleEndianBytes
            return [UInt8(octets.count + 1), octets.count == 2 ? 0x03 : 0x07] + octets
        case .name(let name):
            let text = name.utf8.prefix(Self.capacity - 2)
            return [UInt8(text.count + 1), 0x09] + text
        case .bthome(let plan): return Self.serviceData(BTHomeFrame.service, plan.data(at: step))
        case .iBeacon(let fields, let uuid):
            let numbers = ["major", "minor"].flatMap { Self.big(fields[$0]?.number(at: seconds) ?? 1, 2) }
            let power = Self.big(fields["measuredPower"]?.number(at: seconds) ?? -59, 1)
            return Self.manufacturerData(IBeaconFrame.company, [0x02, 0x15] + uuid + numbers + power)
        case .eddystone(let format, let fields, let identity):
            let frame = EddystonePlan(format: format, fields: fields, identity: identity)
            return Self.serviceData(EddystoneFrame.service, frame.data(at: seconds, number: number))
        case .manufacturer(let company, let values): return Self.manufacturerData(company, Self.octets(values, seconds))
        case .serviceData(let uuid, let values): return Self.serviceData(uuid, Self.octets(values, seconds))
        }
    }

    /// A number with its most significant byte first.
    static func big(_ number: Double, _ count: Int) -> [UInt8] {
        let whole = Int64(number.rounded())
        return (0..<count).reversed().map { UInt8(truncatingIfNeeded: whole >> Int64($0 * 8)) }
    }

    private static func octets(_ values: [PlannedValue], _ seconds: Double) -> [UInt8] {
        let blank = [UInt8](repeating: 0, count: values.map(\.extent).max() ?? 0)
        return values.reduce(blank) { $1.octets(at: seconds, replacing: $0) ?? $0 }
    }

    private static func serviceData(_ uuid: BluetoothUUID, _ data: [UInt8]) -> [UInt8] {
        let name = uuid.littleEndianBytes
        return [UInt8(clamping: 1 + name.count + data.count), name.count == 2 ? 0x16 : 0x21] + name + data
    }

    private static func manufacturerData(_ company: UInt16, _ data: [UInt8]) -> [UInt8] {
        [UInt8(clamping: 3 + data.count), 0xFF] + company.littleEndianBytes + data
    }
}
