// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says where EdgeCore is, and what a mapper tells it of itself.
///
/// The names in mapper-framework's `config.yaml` are given with each.
public struct DMIConfiguration: Hashable, Sendable {
    /// Where EdgeCore listens unless it is told otherwise.
    public static let defaultEdgeCoreSocket = "/etc/kubeedge/dmi.sock"
    /// What a number of requests or messages per second may be.
    public static let rates = 0.01...1000
    /// The longest path of a Unix socket, in bytes.
    public static let longestPath = 107

    /// EdgeCore's socket (`common.edgecore_sock`).
    public var edgeCoreSocket: String
    /// The socket to listen on, by the path that the host knows it by (`grpc_server.socket_path`).
    public var mapperSocket: String
    /// The mapper's identity on its node (`common.name`).
    public var name: String
    /// The mapper's version (`common.version`).
    public var version: String
    /// The version of the mapper's interface (`common.api_version`).
    public var apiVersion: String
    /// The protocol that devices of this mapper name (`common.protocol`).
    public var protocolName: String
    /// How many requests a second EdgeCore is sent; it admits 1 of all mappers on the node together.
    public var requestsPerSecond = 0.95
    /// How many requests may go at once after a pause; EdgeCore admits 100 of all mappers together.
    public var requestBurst = 20
    /// How many values a second are sent; the node sends 30 messages of all kinds to the cloud.
    public var messagesPerSecond = 20.0

    /// Creates a configuration.
    public init(
        edgeCoreSocket: String = DMIConfiguration.defaultEdgeCoreSocket,
        mapperSocket: String,
        name: String,
        version: String,
        apiVersion: String = "v1.0.0",
        protocolName: String
    ) {
        self.edgeCoreSocket = edgeCoreSocket
        self.mapperSocket = mapperSocket
        self.name = name
        self.version = version
        self.apiVersion = apiVersion
        self.protocolName = protocolName
    }

    /// Complains about what cannot work.
    func validate() throws(DMIError) {
        for (name, path) in [("edgecore_sock", edgeCoreSocket), ("socket_path", mapperSocket)] {
            guard path.hasPrefix("/") else {
                throw DMIError(.invalidConfiguration, "'\(name)' is '\(path)': it must be a path that begins with /")
            }
            guard path.utf8.count <= Self.longestPath else {
                let message =
                    "'\(name)' is \(path.utf8.count) bytes long: a socket's path has at most \(Self.longestPath)"
                throw DMIError(.invalidConfiguration, message)
            }
        }
        guard edgeCoreSocket != mapperSocket else {
            throw DMIError(
                .invalidConfiguration,
                "'socket_path' is EdgeCore's own socket; this mapper needs another one"
            )
        }
        guard !protocolName.isEmpty, !name.isEmpty else {
            throw DMIError(.invalidConfiguration, "'name' and 'protocol' must not be empty")
        }
        guard Self.rates.contains(requestsPerSecond), Self.rates.contains(messagesPerSecond), requestBurst > 0 else {
            let message = "requests and messages per second must be between 0.01 and 1000"
            throw DMIError(.invalidConfiguration, message)
        }
    }
}
