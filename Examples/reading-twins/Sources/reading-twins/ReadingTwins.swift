// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import Logging
import MapperKit
import MapperMQTT

/// Is an application at the edge: it shows what devices say, and keeps a room from getting too warm.
@main
struct ReadingTwins: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reading-twins",
        abstract: "Prints every change of a node's twins, and switches a fan by a temperature."
    )

    @Option(help: "The broker that EdgeCore uses.")
    var mqtt = "tcp://127.0.0.1:1883"

    @Option(help: "The device whose 'fan' follows its 'temperature': NAME, or NAMESPACE/NAME; none unless it is given.")
    var ventilate: String?

    @Option(help: "Above how many degrees the fan is wanted on.")
    var above = 25.0

    @Option(help: "Below how many degrees the fan is wanted off.")
    var below = 24.0

    func validate() throws {
        guard below <= above else { throw ValidationError("--below is \(below), more than --above, \(above)") }
    }

    func run() async throws {
        var logger = Logger(label: "reading-twins")
        logger.logLevel = .critical
        let client = try TwinClient(MQTTConfiguration(server: try BrokerAddress(mqtt)), logger: logger)
        var rule = ventilate.map { FanRule(device: $0, above: above, below: below) }
        try await client.follow { news in
            say(news)
            guard case .changed(let change) = news, let isOn = rule?.wish(after: change) else { return }
            do {
                print("\(change.device) fan is wanted \(isOn ? "on" : "off")")
                try await client.desire(.boolean(isOn), of: "fan", change.device)
            } catch {
                print("the fan could not be switched: \(error)")
                rule?.forget()
            }
        }
    }

    private func say(_ news: TwinNews) {
        switch news {
        case .connected: print("connected to \(mqtt)")
        case .disconnected(let error): print("no connection: \(error)")
        case .changed(let change):
            print("\(change.device) \(change.property): \(describe(change.before)) -> \(describe(change.now))")
        case .state(let device, let state): print("\(device) is \(state)")
        case .refused(let device, let reason): print("\(device): EdgeCore refuses: \(reason)")
        }
        // Where the output is no terminal it would wait for more otherwise.
        fflush(nil)
    }

    private func describe(_ values: TwinValues?) -> String {
        guard let values else { return "nothing" }
        return (values.reported ?? "unknown") + (values.desired.map { " (desired \($0))" } ?? "")
    }
}
