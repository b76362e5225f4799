// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperTesting

/// How an edge serves DMI.
struct DMIServerOptions: Sendable {
    static let defaultVersion = EdgeCoreVersion(1, 23, 1)

    /// Where the socket is made.
    var socketPath: String
    var version: EdgeCoreVersion
    /// Whether mappers are known again after a restart; what the version does when `nil`.
    var remembersMappers: Bool?
    /// Whether requests are limited as EdgeCore limits them.
    var isLimited = true
    /// How long a mapper may take for a call.
    var callTimeout = Duration.seconds(10)

    init(socketPath: String, version: EdgeCoreVersion = Self.defaultVersion) {
        self.socketPath = socketPath
        self.version = version
    }

    /// A node without devices.
    func makeNode(_ twin: DeviceTwin? = nil) -> EdgeNode {
        EdgeNode(
            twin: twin ?? DeviceTwin(version: version),
            dmi: EdgeCoreDMI(
                version: version,
                remembersMappers: remembersMappers,
                bucket: isLimited ? TokenBucket() : nil
            )
        )
    }
}
