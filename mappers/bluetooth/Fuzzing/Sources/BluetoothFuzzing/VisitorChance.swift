// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
import MapperKit

@testable import BluetoothDriver

/// Makes visitors of chance: mostly ones that can be, with keys that go together.
enum VisitorChance {
    private static let types = [
        "int8", "uint8", "int16", "uint16", "int24", "uint24", "int32", "uint32", "int40", "uint48", "int56", "int64",
        "uint64", "float32", "float64", "sfloat", "float11073", "bool", "bit", "bitfield", "string", "bytes", "hex",
    ]

    static func property(_ random: inout FuzzRandom) -> Property {
        let type = random.one(of: DataType.allCases)
        var keys: [ConfigNode.Entry] = [ConfigNode.Entry("characteristicUUID", "2a6e")]
        func add(_ percent: Int, _ key: String, _ value: (inout FuzzRandom) -> ConfigNode) {
            if random.happens(percent) { keys.append(ConfigNode.Entry(key, value(&random))) }
        }
        add(60, "dataType") { ConfigNode(.string($0.one(of: types))) }
        add(30, "byteOrder") { ConfigNode(.string($0.one(of: ["little", "big"]))) }
        add(25, "startByte") { number(&$0, 0...6) }
        add(25, "length") { number(&$0, 1...12) }
        add(25, "bit") { number(&$0, 0...40) }
        add(20, "bitCount") { number(&$0, 1...64) }
        add(20, "scale") { decimal(&$0) }
        add(15, "valueOffset") { decimal(&$0) }
        add(15, "decimals") { number(&$0, 0...6) }
        add(15, "noValue") { number(&$0, 0...65535) }
        add(10, "enumeration") { enumeration(&$0) }
        add(20, "dataConverter") { converter(&$0) }
        add(10, "dataWrite") { dataWrite(&$0) }
        let range = ValueRange(minimum: random.happens(40) ? .int(-10) : nil)
        let model = DeviceModel.Property(name: "p", dataType: type, accessMode: .readWrite, range: range)
        return Property(model: model, visitor: ConfigNode(.mapping(keys)))
    }

    /// A text that somebody may want a device to have.
    static func text(_ random: inout FuzzRandom) -> String {
        switch random.number(0...6) {
        case 0: String(random.number(-10...300))
        case 1: String(Int64(truncatingIfNeeded: random.next()) >> Int64(random.number(0...63)))
        case 2: String(Double(random.number(-100_000...100_000)) / random.one(of: [1, 10, 100, 1000, 3]))
        case 3: random.one(of: ["true", "false", "ON", "OFF", "a", "ab", "", "0aff", "äöü", "\u{1F600}", "MA", "AQID"])
        case 4: String(Double(bitPattern: random.next()))
        case 5: String(random.next())
        default: String(decoding: random.bytes(0...12), as: UTF8.self)
        }
    }

    private static func number(_ random: inout FuzzRandom, _ usual: ClosedRange<Int>) -> ConfigNode {
        switch random.number(0...29) {
        case 0: ConfigNode(.int(random.one(of: [-1, .max, .min, 0, 1 << 31, 1 << 32, 512, 513])))
        case 1: ConfigNode(.string(random.one(of: ["", "x", "0x10"])))
        default: ConfigNode(.int(Int64(random.number(usual))))
        }
    }

    private static func decimal(_ random: inout FuzzRandom) -> ConfigNode {
        switch random.number(0...9) {
        case 0: ConfigNode(.double(Double(bitPattern: random.next())))
        case 1: ConfigNode(.double(random.one(of: [0, -1, 1e300, 1e-300, .infinity, .nan])))
        default: ConfigNode(.double(random.one(of: [0.1, 0.01, 0.5, 2, 10, -0.25, 0.001, 1.0 / 3])))
        }
    }

    private static func enumeration(_ random: inout FuzzRandom) -> ConfigNode {
        ConfigNode(.mapping(["0", "1", "7"].map { ConfigNode.Entry($0, ConfigNode(.string("state \($0)"))) }))
    }

    private static func converter(_ random: inout FuzzRandom) -> ConfigNode {
        var keys = [ConfigNode.Entry("startIndex", number(&random, 0...4))]
        keys.append(ConfigNode.Entry("endIndex", number(&random, 0...5)))
        if random.happens(30) { keys.append(ConfigNode.Entry("shiftLeft", number(&random, 0...63))) }
        if random.happens(30) { keys.append(ConfigNode.Entry("shiftRight", number(&random, 0...63))) }
        let operations = (0..<random.number(0...3)).map { _ in
            let kind = ConfigNode(.string(random.one(of: ["Add", "Subtract", "Multiply", "Divide"])))
            let value = ConfigNode.Entry("operationValue", decimal(&random))
            return ConfigNode(.mapping([ConfigNode.Entry("operationType", kind), value]))
        }
        keys.append(ConfigNode.Entry("orderOfOperations", ConfigNode(.sequence(operations))))
        return ConfigNode(.mapping(keys))
    }

    private static func dataWrite(_ random: inout FuzzRandom) -> ConfigNode {
        let texts = ["ON", "OFF", "true", "false", "1"].filter { _ in random.happens(60) }
        return ConfigNode(
            .mapping(
                texts.map { text in
                    let octets = random.bytes(0...3).map { ConfigNode(.int(Int64($0))) }
                    return ConfigNode.Entry(text, ConfigNode(.sequence(octets)))
                }
            )
        )
    }
}
#endif
