// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import Synchronization

extension DMIEdgeLink {
    /// How a connection to EdgeCore ended.
    private enum End: Sendable {
        /// It broke, or EdgeCore does not answer.
        case lost(String)
        /// EdgeCore's socket was made anew.
        case replaced
    }

    /// How often to look for EdgeCore's socket.
    private static let lookPause = Duration.milliseconds(500)
    /// How often to say that it is not there.
    private static let wordPause = Duration.seconds(60)
    /// How often to ask for all devices although nothing seems wrong: EdgeCore repeats no call that failed, and what it
    /// called while this process hung is known to nobody else.
    private static let askPause = Duration.seconds(600)

    /// Registers with EdgeCore and reports to it, again whenever EdgeCore went away.
    func talk() async {
        // EdgeCore calls back as soon as it knows the mapper, and does not repeat what fails.
        await listening.wait(untilUptime: nil, clock: clock)
        var (isFirst, said) = (true, "")
        while !Task.isCancelled {
            guard let file = await edgeCoreFile() else { return }
            if !isFirst { tell { $0.cameBack(at: $1) } }
            let before = registrations.load(ordering: .sequentiallyConsistent)
            let end = await connect(file)
            if Task.isCancelled { return }
            isFirst = false
            // What is said again is no news, unless it had been well in between.
            if registrations.load(ordering: .sequentiallyConsistent) != before { said = "" }
            let reason = Self.word(end)
            if reason != said { logger.warning("\(reason)", metadata: place) }
            said = reason
            try? await clock.sleep(untilUptime: clock.uptime + .milliseconds(Int64.random(in: 300...600)))
        }
    }

    private var place: Logger.Metadata { ["socket": "\(configuration.edgeCoreSocket)"] }

    private static func word(_ end: End) -> String {
        switch end {
        case .lost(let reason): "EdgeCore is lost: \(reason)"
        case .replaced: "EdgeCore was started anew"
        }
    }

    /// EdgeCore's socket, as soon as it is there and may be used; `nil` when the task is cancelled.
    private func edgeCoreFile() async -> SocketFile? {
        var (nextWord, said) = (clock.uptime, "")
        while !Task.isCancelled {
            let obstacle = SocketPlace.obstacle(toReaching: configuration.edgeCoreSocket)
            if obstacle == nil, let file = SocketFile(configuration.edgeCoreSocket) { return file }
            let reason = (obstacle ?? .missing).reasonForWaiting
            if reason != said || clock.uptime >= nextWord {
                logger.notice("\(reason)", metadata: place)
                (nextWord, said) = (clock.uptime + Self.wordPause, reason)
            }
            try? await clock.sleep(untilUptime: clock.uptime + Self.lookPause)
        }
        return nil
    }

    private func connect(_ file: SocketFile) async -> End {
        do {
            return try await EdgeCoreClient.with(socket: configuration.edgeCoreSocket) { client in
                await withTaskGroup(of: End.self) { group in
                    group.addTask { await self.serve(client) }
                    group.addTask { await self.watch(file) }
                    defer { group.cancelAll() }
                    return await group.next() ?? .replaced
                }
            }
        } catch {
            return .lost("\(error)")
        }
    }

    /// Returns when EdgeCore's socket is another one, or gone.
    private func watch(_ file: SocketFile) async -> End {
        while !Task.isCancelled {
            let now = SocketFile(configuration.edgeCoreSocket)
            if now != file { return now == nil ? .lost("its socket is gone") : .replaced }
            try? await clock.sleep(untilUptime: clock.uptime + Self.lookPause)
        }
        return .lost("the link ends")
    }

    // MARK: On one connection

    private func serve(_ client: EdgeCoreClient) async -> End {
        var (askedAt, listening): (Duration, Int) = (.zero, -1)
        while !Task.isCancelled {
            let listenings = listenings.load(ordering: .sequentiallyConsistent)
            if listenings != listening || clock.uptime >= askedAt + Self.askPause {
                if let end = await register(client) { return end }
                if listening < 0 { warnAboutBroker() }
                (askedAt, listening) = (clock.uptime, listenings)
            }
            switch tell({ $0.next(at: $1) }) {
            case .wait(let moment):
                let asks = askedAt + Self.askPause
                await doorbell.wait(untilUptime: min(moment ?? asks, asks), clock: clock)
            case .send(let parcel):
                let outcome = await client.send(parcel)
                say(parcel, outcome)
                tell { $0.sent(parcel, outcome, at: $1) }
                if case .lost(let reason) = outcome { return .lost(reason) }
            }
        }
        return .lost("the link ends")
    }

    /// Registers, however long it takes.
    /// - Returns: how the connection ended, if it did.
    private func register(_ client: EdgeCoreClient) async -> End? {
        var said = ""
        while !Task.isCancelled {
            tell { core, _ in core.registering() }
            do {
                let response = try await client.register(configuration)
                let counts: Logger.Metadata = [
                    "devices": "\(response.deviceList.count)", "models": "\(response.modelList.count)",
                ]
                logger.debug("MapperRegister: OK", metadata: counts)
                tell { $0.registered(response, at: $1) }
                registrations.add(1, ordering: .sequentiallyConsistent)
                return nil
            } catch {
                let pause: Duration
                let outcome = CallOutcome(error)
                logger.debug("MapperRegister: \(outcome)")
                if case .lost(let reason) = outcome { return .lost(reason) }
                tell { $0.notRegistered(tooMany: outcome == .tooMany, at: $1) }
                switch outcome {
                case .accepted, .lost, .tooMany: pause = .milliseconds(Int64.random(in: 1000...1500))
                case .unimplemented: pause = complain("it is older than 1.15; use MQTT with it", &said)
                case .refused(let reason): pause = complain(reason, &said)
                }
                try? await clock.sleep(untilUptime: clock.uptime + pause)
            }
        }
        return .lost("the link ends")
    }

    /// Says what was sent and what became of it, without the values.
    private func say(_ parcel: Parcel, _ outcome: CallOutcome) {
        var details: Logger.Metadata = [LogKey.device: "\(parcel.device)"]
        switch parcel.content {
        case .twins(let twins): details["properties"] = "\(twins.keys.sorted().joined(separator: " "))"
        case .state(let state): details["state"] = "\(state.rawValue)"
        }
        logger.debug("\(parcel.content.call): \(outcome)", metadata: details)
    }

    private func complain(_ reason: String, _ said: inout String) -> Duration {
        if said != reason { logger.error("EdgeCore does not take this mapper: \(reason)", metadata: place) }
        said = reason
        return .seconds(10)
    }

    /// Says what makes EdgeCore stop without an error: its EventBus is on by default, and if it finds no broker EdgeCore
    /// keeps no values after some 500.
    private func warnAboutBroker() {
        Task {
            guard await !Reachability.answers(host: "127.0.0.1", port: 1883) else { return }
            logger.notice(
                """
                nobody listens on 127.0.0.1:1883 here: if EdgeCore finds no MQTT broker there either, it keeps no twins \
                after some 500; run a broker on the node, or set modules.eventBus.enable to false in edgecore.yaml
                """
            )
        }
    }
}
