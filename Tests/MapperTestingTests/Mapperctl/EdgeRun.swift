// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit
import MapperMQTT
import MapperTesting

@testable import mapperctl

/// A developer's edge at work on a broker of its own, and someone who watches.
final class EdgeRun {
    let edge: DeveloperEdge
    let observer: Observer
    private let broker: TestBroker
    private let task: Task<String?, any Error>

    /// Starts it and waits until it is ready.
    init(
        _ twin: DeviceTwin,
        devices: [DeviceInstance] = [],
        models: [DeviceModel] = [],
        dmi: DMIServerOptions? = nil,
        isStrict: Bool = false
    ) async throws {
        broker = try TestBroker()
        let (lines, feed) = AsyncStream.makeStream(of: EdgeLine.self, bufferingPolicy: .bufferingNewest(100))
        let logger = Logger(label: "edge")
        let edge = try DeveloperEdge(broker.server, twin: twin, dmi: dmi, isStrict: isStrict, logger: logger) { line in
            feed.yield(line)
        }
        self.edge = edge
        edge.give(.profile(DeviceProfile(models: models, devices: devices)))
        task = Task { try await edge.run() }
        for await line in lines { if case .ready = line { break } }
        observer = try await Observer(broker)
    }

    func give(_ input: Capture.Input) async throws {
        switch input {
        case .mqtt(let topic, let payload): try await observer.publish(topic, payload)
        case .cloud(let resource, let operation, let content):
            edge.give(.cloud(resource: resource, operation: operation, content: Array(content.utf8)))
        }
    }

    /// Waits until it ends by itself.
    func end() async -> String? {
        let reason = try? await task.value
        await observer.stop()
        return reason ?? nil
    }

    func stop() async -> String? {
        edge.give(.stop)
        return await end()
    }
}
