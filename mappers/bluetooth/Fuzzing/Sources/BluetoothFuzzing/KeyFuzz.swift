// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

// The driver's insides are hidden in release builds, unless run.sh makes them.
#if DEBUG || FUZZING
@testable import BluetoothDriver

/// Reads files of keys that somebody or something has spoilt.
struct KeyFuzz {
    private var random: FuzzRandom

    init(random: FuzzRandom) { self.random = random }

    mutating func run() throws -> FuzzTally {
        var tally = FuzzTally()
        let text = Array(KeyFile.text(ring()).utf8)
        for _ in 0..<20 {
            var bytes = random.happens(5) ? random.bytes(0...200) : random.mutated(text, changes: 0...5)
            if random.happens(30) { insertToken(into: &bytes) }
            guard let (keys, problems) = tally.count({ try KeyFile.read(bytes) }) else { continue }
            let lines = bytes.count { $0 == 0x0A } + 1
            guard problems.allSatisfy({ (1...lines).contains($0.line) }) else { throw FuzzFinding("no such line") }
            let again = try KeyFile.read(Array(KeyFile.text(keys).utf8))
            guard again.keys == keys, again.problems.isEmpty else {
                throw FuzzFinding(
                    "what was written is read as something else: \(String(decoding: bytes, as: UTF8.self))"
                )
            }
        }
        return tally
    }

    private mutating func insertToken(into bytes: inout [UInt8]) {
        let token = random.one(of: [
            "[", "]", "{", "}", ",", ":", "\"", "\\", "null", "1e999", "-1", "99999999999999999999", "nan", "0x1",
            "\u{FF11}", "\0", "\n", String(repeating: "[", count: 40), String(repeating: "{\"a\":", count: 40),
        ])
        bytes.insert(contentsOf: token.utf8, at: random.number(0...bytes.count))
    }

    private mutating func ring() -> KeyRing {
        var ring = KeyRing()
        for _ in 0..<random.number(0...4) {
            ring.add(
                LongTermKey(
                    peer: peer(),
                    type: random.byte(),
                    central: random.byte(),
                    encryptionSize: random.byte(),
                    diversifier: UInt16(truncatingIfNeeded: random.next()),
                    random: random.next(),
                    value: random.bytes(16...16)
                )
            )
        }
        for _ in 0..<random.number(0...3) { ring.add(IdentityKey(peer: peer(), value: random.bytes(16...16))) }
        return ring
    }

    private mutating func peer() -> MGMTAddress {
        var reader = HCIFieldReader(random.bytes(6...6) + [random.one(of: [1, 2])])
        guard let address = reader.address() else { preconditionFailure("no address") }
        return address
    }
}
#endif
