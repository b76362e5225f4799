// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import MapperMQTT
import UnixSignals

/// Shows changes as they come.
struct TwinWatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Show changes of twins and states as they come, until interrupted.",
        discussion: ExitStatus.help
    )

    @Argument(help: "The devices as topics name them: NAME, or NAMESPACE/NAME from KubeEdge v1.16.2 on.")
    var devices: [String]

    @OptionGroup var broker: BrokerOptions
    @OptionGroup var limit: TimeoutOption

    func run() async throws {
        let session = try await BrokerSession(broker, timeout: limit.duration)
        let topics = devices.map(TwinTopic.init)
        try await session.subscribe(topics.flatMap { [$0.document, $0.stateResult] })
        let isInterrupted = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                for await message in session.messages() {
                    Self.lines(message.topic, message.payload, topics).forEach(StandardOutput.say)
                }
                return false
            }
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { break }
                return true
            }
            defer { group.cancelAll() }
            return await group.next() ?? true
        }
        await session.close()
        if !isInterrupted { throw ExitStatus.unavailable.exit("the connection to \(broker.address) is lost") }
    }

    static func lines(_ topic: String, _ payload: [UInt8], _ topics: [TwinTopic]) -> [String] {
        for candidate in topics {
            if topic == candidate.document { return TwinDocument(payload: payload)?.lines(candidate.device) ?? [] }
            if topic == candidate.stateResult, let state = StateMessage(payload: payload)?.device.state {
                return ["\(candidate.device): \(state)"]
            }
        }
        return []
    }
}
