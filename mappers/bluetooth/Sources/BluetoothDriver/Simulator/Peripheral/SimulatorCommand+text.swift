// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension SimulatorCommand {
    /// Reads a line as it is in ``forms``; `nil` for others.
    init?(_ line: String) {
        let words = line.split { $0.isWhitespace }.map { String($0) }
        guard words.count >= 2, let address = BluetoothAddress(words[1]),
            let action = Self.action(words[0], Array(words.dropFirst(2)))
        else { return nil }
        self.init(address: address, action: action)
    }

    private static func action(_ name: String, _ words: [String]) -> Action? {
        switch words.count {
        case 0: plain[name]
        case 1: action(name, words[0])
        case 2: action(name, words[0], words[1])
        case 4 where name == "parameters": parameters(words.compactMap { UInt16($0) })
        default: nil
        }
    }

    private static let plain: [String: Action] = [
        "lose": .lose, "end": .end, "absent": .absent, "present": .present, "silent": .silent, "speak": .speak,
        "spoil": .spoil,
        "encrypt": .encrypt, "forget": .forget, "heal": .heal,
    ]

    private static func action(_ name: String, _ word: String) -> Action? {
        switch name {
        case "refuse": count(word).map(Action.refuse)
        case "drop": count(word).map(Action.drop)
        case "shift": count(word).map(Action.shift)
        case "slow": count(word).map { .slow(.milliseconds($0)) }
        case "rssi": Int8(word).map(Action.rssi)
        case "advertise": bytes(word).map(Action.advertise)
        default: nil
        }
    }

    private static func action(_ name: String, _ first: String, _ second: String) -> Action? {
        guard let uuid = BluetoothUUID(first) else { return nil }
        return switch name {
        case "set": bytes(second).map { .set(uuid, $0) }
        case "error": code(second).map { .error(uuid, $0) }
        case "protect": code(second).map { .protect(uuid, $0) }
        default: nil
        }
    }

    private static func parameters(_ numbers: [UInt16]) -> Action? {
        guard numbers.count == 4 else { return nil }
        return .parameters(
            ConnectionParameters(
                minimumInterval: numbers[0],
                maximumInterval: numbers[1],
                latency: numbers[2],
                timeout: numbers[3]
            )
        )
    }

    private static func count(_ word: String) -> Int? { UInt16(word).map(Int.init) }

    /// Hexadecimal, with a leading `0x` or without.
    private static func code(_ word: String) -> UInt8? {
        UInt8(word.hasPrefix("0x") ? word.dropFirst(2) : word[...], radix: 16)
    }

    private static func bytes(_ word: String) -> [UInt8]? {
        let digits = Array(word)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard digits[index].isHexDigit, let byte = UInt8(String(digits[index...index + 1]), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }
}
