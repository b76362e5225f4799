// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import MapperMQTT

/// Sets a desired value.
struct TwinSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Set a desired value as the cloud does, and wait until the device reports it.",
        discussion: """
            Works with 'mapperctl edge' only. On a real cluster the desired value is part of the Device object: use \
            kubectl there. A negative value goes behind --: twin set default/boiler threshold -- -5. An empty value \
            takes the desired one away; the device keeps what it has.

            \(ExitStatus.help)
            """
    )

    @Argument(help: "The device as topics name it.")
    var device: String

    @Argument(help: "The property.")
    var property: String

    @Argument(help: "The desired value; empty for none.")
    var value: String

    @OptionGroup var broker: BrokerOptions
    @OptionGroup var limit: TimeoutOption

    func run() async throws {
        let session = try await BrokerSession(broker, timeout: limit.duration)
        let progress = DesiredProgress(device: device, property: property, value: value)
        try await session.subscribe(progress.topics)
        let outcome = await follow(session, progress, asking: try ControlTopic.payload([property: value]))
        await session.close()
        switch outcome {
        case .reported where value.isEmpty:
            StandardOutput.say("nothing is desired of '\(property)' any more; the device keeps what it has")
        case .reported: return
        case .refused(let reason): throw ExitStatus.refused.exit("refused: \(reason)")
        case .unanswered:
            throw ExitStatus.unavailable.exit(
                "no 'mapperctl edge' answers at \(broker.address) within \(limit.duration); on a real cluster use kubectl"
            )
        case .pending(let reported):
            let last = reported.map { "the device reports '\($0)'" } ?? "the device has reported nothing"
            throw ExitStatus.pending.exit(
                "accepted, but after \(limit.duration) \(last); a mapper that refuses a value says why in its log"
            )
        }
    }

    private func follow(
        _ session: BrokerSession,
        _ start: DesiredProgress,
        asking request: [UInt8]
    ) async -> DesiredProgress.Outcome {
        let record = Recorded(start)
        await Limit.run(limit.duration) { [device, topic = TwinTopic(device: device)] in
            await withDiscardingTaskGroup { group in
                group.addTask { await Self.ask(session, for: device, request, until: record) }
                for await message in session.messages() {
                    let steps = record.change { $0.take(message.topic, message.payload) }
                    for step in steps { StandardOutput.say(step.description) }
                    // What was reported before is not said again by itself.
                    if steps.contains(.accepted) { try? await session.publish(topic.get, Array("{}".utf8)) }
                    if record.value.isFinished { break }
                }
                group.cancelAll()
            }
        }
        return record.value.outcome
    }

    /// Asks until there is an answer: an edge that is just starting does not hear the first question.
    ///
    /// To ask for a value twice is to ask for it once.
    private static func ask(
        _ session: BrokerSession,
        for device: String,
        _ request: [UInt8],
        until record: Recorded<DesiredProgress>
    ) async {
        while !record.value.isAnswered, !Task.isCancelled {
            try? await session.publish(ControlTopic.request(device), request)
            try? await Task.sleep(for: .milliseconds(500))
        }
    }
}
