// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import CLibBluetooth
import Glibc
import Testing

@testable import BluetoothDriver

@Suite("Keys of bonded devices")
struct AdapterKeyTests {
    private static let ring: KeyRing = {
        var ring = KeyRing()
        ring.add(
            LongTermKey(
                peer: MGMTBytes.peer,
                type: 1,
                central: 1,
                encryptionSize: 16,
                diversifier: 0xFFFF,
                random: .max - 1,
                value: Array(0xF0...0xFF)
            )
        )
        ring.add(
            LongTermKey(
                peer: MGMTBytes.other,
                type: 2,
                central: 0,
                encryptionSize: 7,
                diversifier: 0,
                random: 1,
                value: Array(0..<16)
            )
        )
        ring.add(IdentityKey(peer: MGMTBytes.peer, value: Array(1...16)))
        return ring
    }()

    /// Runs a body with a place for a store that does not exist yet.
    private func withStore(_ body: (KeyStore, _ directory: String) throws -> Void) throws {
        let parent = FileManager.default.temporaryDirectory.path + "/keys-\(UUID().uuidString)"
        try #require(mkdir(parent, 0o700) == 0)
        defer { try? FileManager.default.removeItem(atPath: parent) }
        try body(KeyStore(path: parent + "/bonds/hci0.json"), parent + "/bonds")
    }

    private func mode(_ path: String) -> UInt32 {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
    }

    private func put(_ text: String, _ store: KeyStore, mode: UInt32 = 0o600) throws {
        try store.save(KeyRing())
        try text.write(toFile: store.path, atomically: false, encoding: .utf8)
        chmod(store.path, mode)
    }

    @Test("what is written is read again, from a file that only its user can read")
    func roundTrip() throws {
        try withStore { store, directory in
            #expect(try store.load().keys == KeyRing())
            try store.save(Self.ring)
            try store.save(Self.ring)
            let (keys, problems) = try store.load()
            #expect(keys == Self.ring)
            #expect(problems.isEmpty)
            #expect(mode(store.path) == 0o600)
            #expect(mode(directory) == 0o700)
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["hci0.json"])
        }
    }

    @Test("the file is for people, too")
    func text() throws {
        let lines = KeyFile.text(Self.ring).split(separator: "\n")
        #expect(lines.count == 10)
        #expect(
            lines[3]
                == """
                    {"address": "F0:F1:F2:F3:F4:05", "addressType": "random", "keyType": 1, "central": 1, \
                "encryptionSize": 16, "diversifier": 65535, "random": "fffffffffffffffe", \
                "key": "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"},
                """
        )
        #expect(try KeyFile.read(Array(KeyFile.text(KeyRing()).utf8)).keys == KeyRing())
    }

    @Test("a file that others can read is refused, with the cure", arguments: [0o640, 0o604, 0o620, 0o666])
    func readable(mode: UInt32) throws {
        try withStore { store, _ in
            try put(KeyFile.text(Self.ring), store, mode: mode)
            let error = #expect(throws: KeyStoreError.self) { try store.load() }
            #expect(error?.description.contains("`chmod 600 \(store.path)`") == true)
        }
    }

    @Test("a directory in which others can write is refused, for reading and for writing")
    func directory() throws {
        try withStore { store, directory in
            try store.save(Self.ring)
            chmod(directory, 0o770)
            let error = #expect(throws: KeyStoreError.self) { try store.load() }
            #expect(error?.description.contains("`chmod 700 \(directory)`") == true)
            #expect(throws: KeyStoreError.self) { try store.save(Self.ring) }
            chmod(directory, 0o755)
            #expect(try store.load().keys == Self.ring)
        }
    }

    @Test("a link in the place of the file is not followed")
    func link() throws {
        try withStore { store, directory in
            try store.save(Self.ring)
            rename(store.path, directory + "/elsewhere")
            symlink(directory + "/elsewhere", store.path)
            #expect(throws: KeyStoreError.self) { try store.load() }
        }
    }

    @Test("what an interrupted writing left behind does no harm")
    func leftOver() throws {
        try withStore { store, _ in
            try put(KeyFile.text(Self.ring), store)
            try "{\"longTermK".write(toFile: store.path + ".new", atomically: false, encoding: .utf8)
            #expect(try store.load().keys == Self.ring)
            try store.save(KeyRing())
            #expect(try store.load().keys == KeyRing())
        }
    }

    @Test("one bad key is named with its line, the others are read")
    func oneBadKey() throws {
        try withStore { store, _ in
            let good = KeyFile.text(Self.ring)
            try put(good.replacing("\"random\": \"fffffffffffffffe\"", with: "\"random\": \"12\""), store)
            let (keys, problems) = try store.load()
            #expect(keys.longTermKeys.count == 1)
            #expect(keys.identityKeys.count == 1)
            let words = "random has to be 16 hexadecimal digits; mend it, or remove it and pair the device anew"
            #expect(problems.map(\.description) == ["\(store.path):4: \(words)"])
        }
    }

    static let broken: [(text: String, line: Int, words: String)] = [
        ("", 1, "ends too early"),
        ("[]", 1, "no {"),
        ("{\n\"version\": 2\n}", 2, "version"),
        ("{\n\"version\": 1\n\"longTermKeys\": []}", 3, "comma"),
        ("{\n\n\"longTermKeys\" []}", 3, "colon"),
        ("{\"longTermKeys\": {}}", 1, "no list"),
        ("{\"longTermKeys\": [\n{\"address\": \"F0\n", 2, "no end"),
        ("{\"a\": \"\\u0041\"}", 1, "backslash"),
        ("{\"a\": truth}", 1, "no value"),
        ("{\"a\": }", 1, "missing"),
        ("{\"a\": 1, \"a\": 2}", 1, "twice"),
        ("{}\n{}", 2, "follows"),
        (String(repeating: "[", count: 5000), 1, "nested"),
        ("{\"longTermKeys\": [", 1, "ends too early"),
    ]

    @Test("a file that is no key file is refused with the line", arguments: broken)
    func brokenFile(text: String, line: Int, words: String) throws {
        try withStore { store, _ in
            try put(text, store)
            let error = #expect(throws: KeyStoreError.self) { try store.load() }
            #expect(error?.description.hasPrefix("\(store.path):\(line): ") == true, "\(String(describing: error))")
            #expect(error?.description.contains(words) == true, "\(String(describing: error))")
        }
    }

    static let badKeys: [(String, String)] = [
        ("{}", "a key has no address"),
        ("{\"address\": \"F0:F1\"}", "address has to be an address like \"BC:6A:29:AE:CC:96\""),
        (
            "{\"address\": \"F0:F1:F2:F3:F4:05\", \"addressType\": \"classic\"}",
            "addressType has to be \"public\" or \"random\""
        ),
        (
            "{\"address\": \"F0:F1:F2:F3:F4:05\", \"addressType\": \"random\", \"key\": \"zz\"}",
            "key has to be 32 hexadecimal digits"
        ),
        ("7", "a key has no address"),
    ]

    @Test("what is wrong with a key is said", arguments: badKeys)
    func badKey(entry: String, words: String) throws {
        let (keys, problems) = try KeyFile.read(Array("{\"identityKeys\": [\n\(entry),\n]}".utf8))
        #expect(keys == KeyRing())
        #expect(problems == [KeyFile.Problem(line: 2, text: words)])
    }

    @Test("digits of other scripts are no digits")
    func foreignDigits() throws {
        let key = String(repeating: "\u{FF10}", count: 32)
        let entry = "{\"address\": \"F0:F1:F2:F3:F4:05\", \"addressType\": \"random\", \"key\": \"\(key)\"}"
        #expect(try KeyFile.read(Array("{\"identityKeys\": [\(entry)]}".utf8)).problems.count == 1)
    }

    @Test("a file that is damaged anywhere is read or refused, and never gives keys of another length")
    func damaged() {
        let good = Array(KeyFile.text(Self.ring).utf8)
        var generator = SeededGenerator(state: 1)
        for _ in 0..<3000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.removeSubrange(place...)
                }
                if bytes.isEmpty { break }
            }
            guard let (keys, _) = try? KeyFile.read(bytes) else { continue }
            #expect(keys.longTermKeys.allSatisfy { $0.record.count == LongTermKey.size })
            #expect(keys.identityKeys.allSatisfy { $0.record.count == 23 })
        }
    }

    private struct SeededGenerator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ state >> 29
        }
    }

    @Test("no key and no passkey gets into a log by accident")
    func secrets() throws {
        let agent = PairingAgent(rules: [MGMTBytes.peer.address: .passkey(123_456)])
        let decisions =
            Self.ring.longTermKeys.map { PairingDecision.keepLongTermKey($0) } + [
                .keepIdentityKey(try #require(Self.ring.identityKeys.first)),
                try #require(agent.decide(.passkeyRequest(MGMTBytes.peer))),
            ]
        for value in [agent, decisions, Self.ring, Self.ring.commands] as [any Sendable] {
            for text in [String(describing: value), String(reflecting: value)] {
                #expect(!text.contains("123456") && !text.contains("240, 241") && !text.contains("1, 2, 3"), "\(text)")
            }
        }
        #expect("\(PairingDecision.show(MGMTBytes.peer, passkey: 42))".hasPrefix("enter 000042 on "))
    }

    @Test("a number out of its range is refused")
    func range() throws {
        let text = KeyFile.text(Self.ring).replacing("\"diversifier\": 65535", with: "\"diversifier\": 65536")
        let problems = try KeyFile.read(Array(text.utf8)).problems
        #expect(problems.map(\.text) == ["diversifier has to be a number from 0 to 65535"])
    }
}
