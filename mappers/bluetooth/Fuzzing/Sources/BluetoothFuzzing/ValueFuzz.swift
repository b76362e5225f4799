// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
import MapperKit

@testable import BluetoothDriver

/// Makes values of bytes and bytes of values, for visitors of chance.
struct ValueFuzz {
    private var random: FuzzRandom
    private var tally = FuzzTally()
    private static let driver = BluetoothDriver()

    init(random: FuzzRandom) { self.random = random }

    mutating func run() throws -> FuzzTally {
        for _ in 0..<20 {
            let property = VisitorChance.property(&random)
            let outcome = ConfigDecoder.decode(BluetoothVisitor.self, from: property.visitor, subject: "it")
            guard let config = outcome.value else {
                tally.refused += 1
                continue
            }
            let visitor = PropertyVisitor(property: property, config: config)
            let descriptor = random.happens(30) ? PresentationFormat(random.bytes(7...7)) : nil
            check(visitor)
            let codec = tally.count { try ValueCodec(of: config, for: property.model, presentation: descriptor) }
            guard let codec else { continue }
            for _ in 0..<10 { try there(codec, visitor) }
            for _ in 0..<10 { try back(codec, visitor) }
        }
        return tally
    }

    /// Whatever is wrong with the configuration is said, not run into.
    private func check(_ visitor: PropertyVisitor<BluetoothVisitor>) {
        let instance = DeviceInstance(
            id: DeviceID("tag"),
            modelName: "m",
            protocolName: "bluetooth",
            protocolConfig: ["macAddress": "BC:6A:29:AE:CC:96"],
            properties: [visitor.property]
        )
        _ = DriverBinding(Self.driver).bind(instance)
    }

    /// From bytes to a value, and to the same value again.
    private mutating func there(_ codec: ValueCodec, _ visitor: PropertyVisitor<BluetoothVisitor>) throws {
        let octets = random.bytes(random.one(of: [0...8, 0...20, 1...4, 500...512]))
        guard let value = tally.count({ try codec.value(of: octets) }) else { return }
        _ = try? Self.driver.value(of: Sample(value), for: visitor)
        try compare(value, codec, visitor, over: octets)
    }

    /// From a value to bytes, and to the value that these mean.
    private mutating func back(_ codec: ValueCodec, _ visitor: PropertyVisitor<BluetoothVisitor>) throws {
        let text = VisitorChance.text(&random)
        let type = visitor.property.model.dataType
        guard let wanted = try? PropertyValue(parsing: text, as: type) else { return }
        let current = random.bytes(random.one(of: [0...0, 0...8, 0...20]))
        guard let raw = tally.count({ try Self.driver.rawValue(of: wanted, for: visitor) }),
            let octets = tally.count({ try codec.octets(of: raw, replacing: current) })
        else { return }
        guard octets.count <= CharacteristicFormat.longest else { throw FuzzFinding("\(octets.count) bytes to write") }
        if isOnlyWritten(raw, codec, visitor) { return }
        guard let value = try? codec.value(of: octets) else {
            throw FuzzFinding("\(raw) is written as \(octets), which is no value: \(visitor.property.visitor)")
        }
        try compare(value, codec, visitor, over: octets)
        if let one = DecimalNumber(raw), let other = DecimalNumber(value), case .int = value, one != other {
            throw FuzzFinding("\(raw) is written as \(octets), which is \(value): \(visitor.property.visitor)")
        }
    }

    /// Bytes that only writing knows are no value when they are read.
    private func isOnlyWritten(
        _ value: PropertyValue,
        _ codec: ValueCodec,
        _ visitor: PropertyVisitor<BluetoothVisitor>
    ) -> Bool {
        !codec.namesValues && visitor.config.dataWrite?.octets[value.text] != nil
    }

    /// Whether two values are the same number or the same anything else; FLOAT has -10 and -10.0.
    private func isSame(_ one: PropertyValue, _ other: PropertyValue) -> Bool {
        if one == other { return true }
        guard let a = DecimalNumber(one), let b = DecimalNumber(other) else { return false }
        return a == b
    }

    /// A value that was read comes back when it is written, if it can be.
    private mutating func compare(
        _ value: PropertyValue,
        _ codec: ValueCodec,
        _ visitor: PropertyVisitor<BluetoothVisitor>,
        over current: [UInt8]
    ) throws {
        if isOnlyWritten(value, codec, visitor) { return }
        guard let octets = tally.count({ try codec.octets(of: value, replacing: current) }) else { return }
        let again = try? codec.value(of: octets)
        guard let again, isSame(again, value) else {
            let what = "\(value) is written as \(octets) over \(current), which is \(again as Any)"
            throw FuzzFinding("\(what): \(visitor.property.model.dataType) \(visitor.property.visitor)")
        }
    }
}
#endif
