// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperMQTT
import MapperTesting

/// Takes one input after the other through a DeviceTwin and publishes what comes out.
struct EdgeLoop {
    private let client: MosquittoClient
    private let isStrict: Bool
    private let say: @Sendable (EdgeLine) -> Void
    private var twin: DeviceTwin
    private var devices: [DeviceInstance] = []
    /// The devices as they were put on the node; none before there is a broker to tell it to.
    private var present: [DeviceInstance] = []
    private var hasBroker = false

    init(
        client: MosquittoClient,
        twin: DeviceTwin,
        isStrict: Bool,
        say: @escaping @Sendable (EdgeLine) -> Void
    ) {
        self.client = client
        self.twin = twin
        self.isStrict = isStrict
        self.say = say
    }

    /// - Returns: the crash that ended it, if one did.
    mutating func run(_ inputs: AsyncStream<EdgeInput>) async -> String? {
        for await input in inputs {
            switch input {
            case .stop: return nil
            case .mqtt(.connected): await begin()
            case .mqtt(.disconnected(let error)): say(.trouble(error.message))
            case .mqtt(.message(let message)):
                if let crash = await receive(message) { return crash }
            case .devices(let devices):
                self.devices = devices
                if hasBroker, let crash = await settle() { return crash }
            case .cloud(let resource, let operation, let content):
                let outputs = twin.receiveFromCloud(resource: resource, operation: operation, content: content)
                if let crash = await send(outputs) { return crash }
            }
        }
        return nil
    }

    /// Subscribes as EventBus does after each connection, and puts the devices on the node the first time.
    private mutating func begin() async {
        do {
            try await client.subscribe(twin.subscriptions + ControlTopic.filters, qos: 1)
        } catch {
            say(.trouble(error.message))
            return
        }
        hasBroker = true
        _ = await settle()
        say(.ready(node: twin.node, version: twin.version, devices: twin.devices))
    }

    /// Brings the node's devices to what is wanted.
    private mutating func settle() async -> String? {
        var outputs: [DeviceTwin.Output] = []
        for old in present where !devices.contains(where: { $0.id == old.id }) { outputs += twin.remove(old.id) }
        // What has not changed keeps the desired values that were set since.
        for device in devices where !present.contains(device) { outputs += twin.put(device) }
        present = devices
        return await send(outputs)
    }

    private mutating func receive(_ message: MQTTMessage) async -> String? {
        if let device = ControlTopic.device(message.topic) { return await control(device, message.payload) }
        say(.received(topic: message.topic, payload: String(decoding: message.payload, as: UTF8.self)))
        return await send(twin.receive(topic: message.topic, payload: message.payload))
    }

    /// Does what somebody wants of the cluster.
    private mutating func control(_ device: String, _ payload: [UInt8]) async -> String? {
        say(.cluster(device: device, payload: String(decoding: payload, as: UTF8.self)))
        guard let id = present.map(\.id).first(where: { twin.name(of: $0) == device }) else {
            await answer(device, "there is no device '\(device)'; there are \(twin.devices.joined(separator: ", "))")
            return nil
        }
        guard let values = ControlTopic.values(payload) else {
            await answer(device, "the request is no JSON object of texts: {\"property\": \"value\"}")
            return nil
        }
        let outputs = twin.setDesired(id, values)
        let crash = await send(outputs)
        await answer(device, refusal(of: values, id, outputs))
        return crash
    }

    /// Why the edge did not take desired values, which a real cluster is never told.
    private func refusal(
        of values: [String: String?],
        _ id: DeviceID,
        _ outputs: [DeviceTwin.Output]
    ) -> String? {
        for case .mqtt("$hw/events/device//twin/update/result", let payload) in outputs {
            let reason = TwinMessage(payload: Array(payload.utf8))?.reason ?? payload
            return "\(reason) (EdgeCore takes letters, digits and - _ . , : / @ #, at most 512; it refuses all desired "
                + "values of the device as long as one of them has others)"
        }
        for (name, value) in values {
            let desired = twin.values(of: name, id).desired ?? ""
            if desired != value ?? "" {
                return "the edge keeps '\(desired)' for '\(name)': another type, or a mapper has reported 'expected'"
            }
        }
        return nil
    }

    private func answer(_ device: String, _ reason: String?) async {
        guard let payload = try? ControlTopic.payload(ControlTopic.Answer(reason: reason)) else { return }
        await publish(ControlTopic.answer(device), payload)
    }

    /// - Returns: the crash among the outputs, when that is to be the end.
    private func send(_ outputs: [DeviceTwin.Output]) async -> String? {
        for output in outputs {
            switch output {
            case .mqtt(let topic, let payload):
                say(.sent(topic: topic, payload: payload))
                await publish(topic, Array(payload.utf8))
            case .cloud(let resource, _, let payload): say(.cloud(resource: resource, payload: payload))
            case .crash(let reason):
                say(.crash(reason))
                if isStrict { return reason }
            }
        }
        return nil
    }

    private func publish(_ topic: String, _ payload: [UInt8]) async {
        do {
            try await client.publish(MQTTMessage(topic: topic, payload: payload, qos: 1, retain: false))
        } catch {
            // As on a real node: what is said while the broker is away is lost.
            say(.trouble("\(topic) was not published: \(error.message)"))
        }
    }
}
