// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says where EdgeCore is and what it is told of this mapper, whether or not the build can speak DMI.
struct DMISettings: Hashable, Sendable {
    /// Where EdgeCore listens unless it is told otherwise.
    static let standardSocket = "/etc/kubeedge/dmi.sock"
    /// The version of the mapper's interface that mapper-framework names.
    static let standardInterface = "v1.0.0"

    /// EdgeCore's socket.
    var edgeCoreSocket = Self.standardSocket
    /// The socket this mapper listens on.
    var mapperSocket: String
    /// The mapper's name on its node.
    var name: String
    /// The mapper's version.
    var version: String
    /// The version of the mapper's interface.
    var apiVersion = Self.standardInterface
    /// The protocol that devices of this mapper name; `nil` for the driver's own name of it.
    var protocolName: String?
    /// How many requests a second EdgeCore is sent; `nil` for what the link thinks right.
    var requestsPerSecond: Double?
    /// How many values a second EdgeCore is sent; `nil` for what the link thinks right.
    var messagesPerSecond: Double?
}
