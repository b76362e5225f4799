// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore
import NIOPosix

/// Finds out whether somebody listens.
package enum Reachability {
    private static let patience = TimeAmount.seconds(1)

    /// Whether somebody listens on a Unix socket; only what shows that nobody does counts as no.
    package static func answers(socket path: String) async -> Bool {
        do {
            try await bootstrap.connect(unixDomainSocketPath: path).get().close().get()
            return true
        } catch let error as IOError {
            return ![ECONNREFUSED, ENOENT].contains(error.errnoCode)
        } catch {
            return true
        }
    }

    /// Whether somebody listens on a TCP port.
    static func answers(host: String, port: Int) async -> Bool {
        guard let channel = try? await bootstrap.connect(host: host, port: port).get() else { return false }
        try? await channel.close()
        return true
    }

    private static var bootstrap: ClientBootstrap {
        ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(patience)
    }
}
