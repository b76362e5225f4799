// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// Finds out whether somebody listens.
enum Reachability {
    private static let patience = TimeAmount.seconds(1)

    /// Whether somebody listens on a Unix socket.
    static func answers(socket path: String) async -> Bool {
        await isOpened(bootstrap.connect(unixDomainSocketPath: path))
    }

    /// Whether somebody listens on a TCP port.
    static func answers(host: String, port: Int) async -> Bool {
        await isOpened(bootstrap.connect(host: host, port: port))
    }

    private static var bootstrap: ClientBootstrap {
        ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(patience)
    }

    private static func isOpened(_ channel: EventLoopFuture<any Channel>) async -> Bool {
        guard let channel = try? await channel.get() else { return false }
        try? await channel.close()
        return true
    }
}
