// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Says which MQTT broker to use, and as whom.
public struct MQTTConfiguration: Sendable {
    /// The broker.
    public var server: BrokerAddress
    /// The user's name; `nil` to connect without one.
    public var username: String?
    /// The user's password.
    public var password: String?
    /// A PEM file of the authorities that may have signed the broker's certificate; `nil` for those of the system.
    public var caFile: String?
    /// A PEM file of this client's own certificate, where the broker asks for one.
    public var certificateFile: String?
    /// A PEM file of that certificate's key, without a passphrase.
    public var privateKeyFile: String?
    /// Whether the broker's certificate must name the host that was asked for; its signature is always checked.
    public var verifiesServerName: Bool
    /// The name this client has at the broker; two clients of one name throw each other out.
    public var clientID: String
    /// How long the connection may be silent before either side asks whether the other is there; at least 5 seconds.
    public var keepAlive: Duration
    /// What the broker says for this client when it is gone without a word.
    package var will: MQTTMessage?

    /// Creates a configuration.
    ///
    /// Certificates are read each time a connection is made, so renewed files need no restart. Without a `clientID`, or
    /// with an empty one, the client takes a new unique name.
    public init(
        server: BrokerAddress = .local,
        username: String? = nil,
        password: String? = nil,
        caFile: String? = nil,
        certificateFile: String? = nil,
        privateKeyFile: String? = nil,
        verifiesServerName: Bool = true,
        clientID: String? = nil,
        keepAlive: Duration = .seconds(30)
    ) {
        self.server = server
        self.username = username
        self.password = password
        self.caFile = caFile
        self.certificateFile = certificateFile
        self.privateKeyFile = privateKeyFile
        self.verifiesServerName = verifiesServerName
        self.clientID = clientID.flatMap { $0.isEmpty ? nil : $0 } ?? Self.uniqueClientID()
        self.keepAlive = keepAlive
    }

    /// 23 letters and digits: what every MQTT broker must accept.
    private static func uniqueClientID() -> String {
        "mapper" + UUID().uuidString.filter { $0 != "-" }.prefix(17).lowercased()
    }

    /// Refuses settings that contradict each other or name files that cannot be read.
    func check() throws(MQTTError) {
        let files = [("caFile", caFile), ("certificateFile", certificateFile), ("privateKeyFile", privateKeyFile)]
        for case (let setting, let path?) in files {
            guard server.usesTLS else {
                throw MQTTError(
                    .invalidConfiguration,
                    "\(setting) is set to \(path), but \(server) is not encrypted; use ssl://\(server.host):8883 or drop it"
                )
            }
            guard FileManager.default.isReadableFile(atPath: path) else {
                throw MQTTError(.invalidConfiguration, "\(setting) \(path) cannot be read: missing or not permitted")
            }
        }
        guard (certificateFile == nil) == (privateKeyFile == nil) else {
            throw MQTTError(.invalidConfiguration, "a client certificate needs both certificateFile and privateKeyFile")
        }
        guard username != nil || password == nil else {
            throw MQTTError(.invalidConfiguration, "a password is set, but no user name")
        }
    }
}
