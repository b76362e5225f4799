// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import Synchronization

extension DMIEdgeLink {
    /// How long to wait before listening is tried again.
    private static let listenPause = Duration.seconds(1)

    /// Listens for EdgeCore's calls, again whenever the socket's file was taken away.
    func listen() async {
        let server = MapperServer(path: configuration.mapperSocket, service: service, clock: clock)
        var said: String?
        while !Task.isCancelled {
            do {
                try await server.run { self.hasBegunToListen() }
                said = nil
                if !Task.isCancelled { logger.warning("the socket's file is gone: listening anew", metadata: place) }
            } catch {
                let reason = Self.reason(error)
                if said != reason { logger.error("\(reason); it is tried again every second", metadata: place) }
                said = reason
            }
            try? await clock.sleep(untilUptime: clock.uptime + Self.listenPause)
        }
    }

    private func hasBegunToListen() {
        logger.info("listening for EdgeCore's calls", metadata: place)
        listenings.add(1, ordering: .sequentiallyConsistent)
        listening.ring()
        doorbell.ring()
    }

    private var place: Logger.Metadata { ["socket": "\(configuration.mapperSocket)"] }

    private static func reason(_ error: any Error) -> String {
        switch error {
        case MapperServer.Failure.taken:
            "another process listens on this mapper's socket; every mapper needs a path of its own"
        case MapperServer.Failure.unusable(let text):
            "this mapper's socket ('socket_path') cannot be listened on: \(text)"
        default: "\(error)"
        }
    }

    private var service: MapperService {
        MapperService(
            note: { call in self.tell { $0.received(call, at: $1) } },
            device: { id in self.core.withLock { $0.device(id) } },
            logger: logger
        )
    }
}
