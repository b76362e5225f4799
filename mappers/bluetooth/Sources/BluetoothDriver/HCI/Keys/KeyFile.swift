// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Writes keys as text, and reads such text: JSON, one key a line.
enum KeyFile {
    /// What is wrong with one key, and in which line.
    typealias Problem = LocatedJSONReader.Problem

    /// The text for some keys.
    static func text(_ keys: KeyRing) -> String {
        """
        {
          "version": 1,
          "longTermKeys": [\(list(keys.longTermKeys.map(text)))],
          "identityKeys": [\(list(keys.identityKeys.map(text)))]
        }

        """
    }

    /// Reads a text.
    /// - Returns: the keys that could be read, and what is wrong with the others.
    static func read(_ bytes: [UInt8]) throws(Problem) -> (keys: KeyRing, problems: [Problem]) {
        let file = try LocatedJSONReader.read(bytes)
        guard case .object = file.value else { throw Problem(line: file.line, text: "there is no { at the start") }
        if let version = file["version"], version.number != 1 {
            throw Problem(line: version.line, text: "the file is of a version that is not known here")
        }
        var (keys, problems) = (KeyRing(), [Problem]())
        for entry in try entries("longTermKeys", in: file) {
            do throws(Problem) { keys.add(try longTermKey(entry)) } catch { problems.append(error) }
        }
        for entry in try entries("identityKeys", in: file) {
            do throws(Problem) { keys.add(try identityKey(entry)) } catch { problems.append(error) }
        }
        return (keys, problems)
    }

    // MARK: - Writing

    private static func list(_ lines: [String]) -> String {
        lines.isEmpty ? "" : "\n    " + lines.joined(separator: ",\n    ") + "\n  "
    }

    private static func text(_ key: LongTermKey) -> String {
        "{\(text(key.peer)), \"keyType\": \(key.type), \"central\": \(key.central), "
            + "\"encryptionSize\": \(key.encryptionSize), \"diversifier\": \(key.diversifier), "
            + "\"random\": \"\(hexadecimal(key.random.bigEndianBytes))\", \"key\": \"\(hexadecimal(key.value))\"}"
    }

    private static func text(_ key: IdentityKey) -> String {
        "{\(text(key.peer)), \"key\": \"\(hexadecimal(key.value))\"}"
    }

    private static func text(_ peer: MGMTAddress) -> String {
        let kind = peer.kind.map(\.rawValue) ?? "classic"
        return "\"address\": \"\(peer.address)\", \"addressType\": \"\(kind)\""
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    // MARK: - Reading

    private static func entries(_ name: String, in file: LocatedJSON) throws(Problem) -> [LocatedJSON] {
        guard let list = file[name] else { return [] }
        guard let elements = list.elements else { throw Problem(line: list.line, text: "\(name) is no list") }
        return elements
    }

    private static func longTermKey(_ entry: LocatedJSON) throws(Problem) -> LongTermKey {
        let random = try bytes("random", 8, in: entry)
        return LongTermKey(
            peer: try peer(in: entry),
            type: try number("keyType", in: entry),
            central: try number("central", in: entry),
            encryptionSize: try number("encryptionSize", in: entry),
            diversifier: try number("diversifier", in: entry),
            random: random.reduce(0) { $0 << 8 | UInt64($1) },
            value: try bytes("key", 16, in: entry)
        )
    }

    private static func identityKey(_ entry: LocatedJSON) throws(Problem) -> IdentityKey {
        IdentityKey(peer: try peer(in: entry), value: try bytes("key", 16, in: entry))
    }

    private static func peer(in entry: LocatedJSON) throws(Problem) -> MGMTAddress {
        guard let text = entry["address"]?.string, let address = BluetoothAddress(text) else {
            throw problem("address", "an address like \"BC:6A:29:AE:CC:96\"", in: entry)
        }
        guard let text = entry["addressType"]?.string, let kind = BluetoothAddress.Kind(rawValue: text) else {
            throw problem("addressType", "\"public\" or \"random\"", in: entry)
        }
        return MGMTAddress(address, kind)
    }

    private static func number<Number: FixedWidthInteger>(
        _ name: String,
        in entry: LocatedJSON
    ) throws(Problem) -> Number {
        guard let number = entry[name]?.number, let number = Number(exactly: number) else {
            throw problem(name, "a number from 0 to \(Number.max)", in: entry)
        }
        return number
    }

    private static func bytes(_ name: String, _ count: Int, in entry: LocatedJSON) throws(Problem) -> [UInt8] {
        let digits = (entry[name]?.string ?? "").compactMap { $0.hexDigitValue.map(UInt8.init) }
        guard digits.count == count * 2, entry[name]?.string?.utf8.count == digits.count else {
            throw problem(name, "\(count * 2) hexadecimal digits", in: entry)
        }
        return (0..<digits.count / 2).map { digits[$0 * 2] << 4 | digits[$0 * 2 + 1] }
    }

    private static func problem(_ name: String, _ what: String, in entry: LocatedJSON) -> Problem {
        let found = entry[name]
        return Problem(
            line: found?.line ?? entry.line,
            text: found == nil ? "a key has no \(name)" : "\(name) has to be \(what)"
        )
    }
}

extension UInt64 {
    /// The bytes, the most significant first, as people write numbers.
    fileprivate var bigEndianBytes: [UInt8] { HCIFields.bytes(self).reversed() }
}
