// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names an MQTT broker: how to speak to it, on which host and port.
public struct BrokerAddress: Hashable, Sendable, CustomStringConvertible {
    /// Whether the connection is encrypted.
    public var usesTLS: Bool
    /// A host name, or an IP address without brackets.
    public var host: String
    /// The TCP port.
    public var port: UInt16

    /// The broker that EdgeCore uses by default: `tcp://127.0.0.1:1883`.
    public static let local = BrokerAddress(host: "127.0.0.1", port: 1883)

    /// Creates an address.
    public init(host: String, port: UInt16, usesTLS: Bool = false) {
        self.host = host
        self.port = port
        self.usesTLS = usesTLS
    }

    /// Reads `tcp://host:port`, `mqtt://…`, `ssl://…`, `tls://…`, `mqtts://…` or `host:port`.
    ///
    /// An IPv6 address stands in brackets. Without a port it is 1883, or 8883 where the scheme asks for encryption.
    /// - Throws: ``MQTTError`` of code `invalidConfiguration` that repeats the text, except what may be a password,
    ///   and says what is allowed.
    public init(_ text: String) throws(MQTTError) {
        // First of all, because every other complaint repeats the text.
        if let mark = text.lastIndex(of: "@") {
            throw Self.invalid("…\(text[mark...])", "user and password belong in mqtt.username and mqtt.password")
        }
        var rest = Substring(text)
        usesTLS = false
        if let mark = text.firstRange(of: "://") {
            switch text[..<mark.lowerBound].lowercased() {
            case "tcp", "mqtt": usesTLS = false
            case "ssl", "tls", "mqtts": usesTLS = true
            case let other: throw Self.invalid(text, "'\(other)' is no scheme for it")
            }
            rest = text[mark.upperBound...]
        }
        if rest.hasSuffix("/") { rest.removeLast() }
        let port: Substring?
        (host, port) = try Self.split(rest, of: text)
        guard !host.isEmpty, !host.contains(where: { "/?# ".contains($0) }) else {
            throw Self.invalid(text, "there is no host in it")
        }
        if let port {
            guard let number = UInt16(port), number > 0 else { throw Self.invalid(text, "'\(port)' is no port") }
            self.port = number
        } else {
            self.port = usesTLS ? 8883 : 1883
        }
    }

    /// The form that ``init(_:)`` reads.
    public var description: String {
        "\(usesTLS ? "ssl" : "tcp")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    private static func split(_ rest: Substring, of text: String) throws(MQTTError) -> (String, Substring?) {
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { throw invalid(text, "a ']' is missing") }
            let after = rest[rest.index(after: end)...]
            guard after.isEmpty || after.hasPrefix(":") else { throw invalid(text, "after ']' comes ':' and the port") }
            return (String(rest[rest.index(after: rest.startIndex)..<end]), after.isEmpty ? nil : after.dropFirst())
        }
        let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { throw invalid(text, "an IPv6 address stands in brackets: [::1]:1883") }
        return (String(parts.first ?? ""), parts.count == 2 ? parts[1] : nil)
    }

    private static func invalid(_ text: String, _ reason: String) -> MQTTError {
        MQTTError(
            .invalidConfiguration,
            "'\(text)' is no address of an MQTT broker: \(reason); "
                + "allowed are tcp://HOST:PORT, ssl://HOST:PORT (with mqtt:// and mqtts:// for the same) and HOST:PORT"
        )
    }
}
