// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperMQTT
import MapperTesting

/// Takes one input after the other through a node, and does what comes out.
struct EdgeLoop {
    /// `nil` where nobody wants to see what the node says to a broker.
    private let client: MosquittoClient?
    private let node: SharedNode
    private let isStrict: Bool
    private let say: @Sendable (EdgeLine) -> Void
    private var profile = DeviceProfile()
    /// Whether the node has its devices; with a broker alone it does not before there is somebody to tell it to.
    private var hasBegun = false

    init(
        client: MosquittoClient?,
        node: SharedNode,
        isStrict: Bool,
        say: @escaping @Sendable (EdgeLine) -> Void
    ) {
        self.client = client
        self.node = node
        self.isStrict = isStrict
        self.say = say
    }

    /// - Returns: the crash that ended it, if one did.
    mutating func run(_ inputs: AsyncStream<EdgeInput>) async -> String? {
        for await input in inputs {
            switch input {
            case .stop: return nil
            case .begin: begin(isReady: client == nil)
            case .mqtt(.connected): await meetBroker()
            case .mqtt(.disconnected(let error)): say(.trouble(error.message))
            case .mqtt(.message(let message)): receive(message)
            case .profile(let profile):
                self.profile = profile
                if hasBegun { node.change { $0.settle(profile) } }
            case .cloud(let resource, let operation, let content):
                node.change { $0.receiveFromCloud(resource: resource, operation: operation, content: content) }
            case .effect(let effect):
                if let crash = await perform(effect) { return crash }
            }
        }
        return nil
    }

    /// Puts the devices on the node the first time.
    private mutating func begin(isReady: Bool) {
        hasBegun = true
        node.change { [profile] node in
            let effects = node.settle(profile)
            guard isReady else { return effects }
            let twin = node.twin
            return effects + [.line(.ready(node: twin.node, version: twin.version, devices: twin.devices))]
        }
    }

    /// Subscribes as EventBus does after each connection.
    private mutating func meetBroker() async {
        do {
            try await client?.subscribe(node.now.twin.subscriptions + ControlTopic.filters, qos: 1)
        } catch {
            say(.trouble(error.message))
            return
        }
        begin(isReady: true)
    }

    private func receive(_ message: MQTTMessage) {
        let text = String(decoding: message.payload, as: UTF8.self)
        guard let device = ControlTopic.device(message.topic) else {
            say(.received(topic: message.topic, payload: text))
            return node.change { $0.receive(topic: message.topic, payload: message.payload) }
        }
        say(.cluster(device: device, payload: text))
        node.change { node in
            guard let values = ControlTopic.values(message.payload) else {
                let reason = "the request is no JSON object of texts: {\"property\": \"value\"}"
                return [.answer(device: device, reason: reason)]
            }
            return node.setDesired(device, values)
        }
    }

    /// - Returns: a crash, when that is to be the end.
    private func perform(_ effect: EdgeEffect) async -> String? {
        switch effect {
        case .output(.crash(let reason)):
            say(.crash(reason))
            return isStrict ? reason : nil
        case .output(let output): await tell(output)
        case .asked(let request, let refusal):
            say(.requested(request.description, refusal: refusal?.message))
        case .answer(let device, let reason): await answer(device, reason)
        case .line(let line): say(line)
        case .call, .ended: break
        }
        return nil
    }

    private func tell(_ output: DeviceTwin.Output) async {
        guard client != nil else { return StoredLines(output).lines.forEach(say) }
        switch output {
        case .mqtt(let topic, let payload):
            say(.sent(topic: topic, payload: payload))
            await publish(topic, Array(payload.utf8))
        case .cloud(let resource, _, let payload): say(.cloud(resource: resource, payload: payload))
        case .crash: break
        }
    }

    private func answer(_ device: String, _ reason: String?) async {
        guard let payload = try? ControlTopic.payload(ControlTopic.Answer(reason: reason)) else { return }
        await publish(ControlTopic.answer(device), payload)
    }

    private func publish(_ topic: String, _ payload: [UInt8]) async {
        do {
            try await client?.publish(MQTTMessage(topic: topic, payload: payload, qos: 1, retain: false))
        } catch {
            // As on a real node: what is said while the broker is away is lost.
            say(.trouble("\(topic) was not published: \(error.message)"))
        }
    }
}
