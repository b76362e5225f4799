// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Shows a device's twins.
struct TwinGetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Show a device's twins: desired and reported values, type, and how old the reported value is.",
        discussion: ExitStatus.help
    )

    @Argument(help: "The device as topics name it: NAME, or NAMESPACE/NAME from KubeEdge v1.16.2 on.")
    var device: String

    @OptionGroup var broker: BrokerOptions
    @OptionGroup var limit: TimeoutOption

    @Flag(help: "Print JSON instead of a table.")
    var json = false

    func run() async throws {
        let session = try await BrokerSession(broker, timeout: limit.duration)
        let question = TwinQuestion(session: session, topic: TwinTopic(device: device), timeout: limit.duration)
        let answer = try await question.ask()
        await session.close()
        StandardOutput.say(try json ? TwinRow.json(answer) : TwinRow.table(answer).description)
    }
}
