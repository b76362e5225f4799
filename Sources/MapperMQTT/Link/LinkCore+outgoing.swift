// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Logging
import MapperKit

extension LinkCore {
    /// The mapper has values for a twin.
    mutating func report(_ report: TwinReport, at now: Moment) {
        channels[report.device]?.outbox.add(report.values)
        flush(report.device, at: now)
    }

    /// The mapper has values for the telemetry topic.
    mutating func publish(_ telemetry: Telemetry, at now: Moment) {
        let wanted = telemetry.topic.flatMap { EdgeTopic.canPublish(on: $0) ? $0 : nil }
        let topic = wanted ?? EdgeTopic.telemetry(telemetry.device).text
        channels[telemetry.device]?.outbox.add(telemetry.values, to: topic)
        flush(telemetry.device, at: now)
    }

    /// A device's state changed.
    mutating func report(_ state: DeviceState, of device: DeviceID, at now: Moment) {
        channels[device]?.outbox.set(state)
        flush(device, at: now)
    }

    /// Whether a device's values wait for those before them.
    func isBehind(_ device: DeviceID) -> Bool { isConnected && channels[device]?.outbox.isBehind == true }

    /// Says how it went with a message.
    mutating func published(_ parcel: Parcel, failure: MQTTError?, at now: Moment) {
        let id = parcel.device
        guard let failure else {
            channels[id]?.outbox.arrived(parcel.number)
            return flush(id, at: now)
        }
        guard failure.code == .invalidMessage else {
            channels[id]?.outbox.returned(parcel.number)
            return
        }
        channels[id]?.outbox.arrived(parcel.number)
        if sayings.isNew("invalid \(parcel.topic)") {
            log(.error, "a message cannot be sent and is dropped: \(failure)", ["topic": parcel.topic])
        }
    }

    /// Sends what waits, as far as it may go out now.
    mutating func flush(_ id: DeviceID, at now: Moment) {
        guard isConnected else { return }
        sendTelemetry(of: id, at: now)
        guard channels[id]?.canReport == true else { return }
        sendReport(of: id, at: now)
        sendState(of: id, at: now)
    }

    private mutating func sendReport(of id: DeviceID, at now: Moment) {
        while let values = channels[id]?.outbox.takeReport(), let (good, refused) = channels[id]?.check(values) {
            for (name, reason) in refused.sorted(by: { $0.key < $1.key }) {
                log(
                    .warning,
                    "a value is kept from the twin because EdgeCore would refuse it: \(reason.advice)",
                    ["device": "\(id)", "property": name, "value": values[name]?.text ?? ""]
                )
            }
            guard !good.isEmpty else { continue }
            let message = OutgoingMessage.TwinUpdate(
                event_id: newEventID(),
                timestamp: now.timestamp.milliseconds,
                twin: good.mapValues(OutgoingMessage.TwinUpdate.Twin.init)
            )
            channels[id]?.remember(message.event_id, Set(good.keys))
            let content = Parcel.Content.report(values.filter { good[$0.key] != nil })
            let topic = EdgeTopic.device(id, .twinUpdate).text
            return send(content, on: topic, message, of: id)
        }
    }

    mutating func sendState(of id: DeviceID, at now: Moment) {
        guard let state = channels[id]?.outbox.takeState() else { return }
        let message = OutgoingMessage.StateUpdate(
            event_id: newEventID(),
            timestamp: now.timestamp.milliseconds,
            state: state.rawValue
        )
        send(.state(state), on: EdgeTopic.device(id, .stateUpdate).text, message, of: id)
    }

    private mutating func sendTelemetry(of id: DeviceID, at now: Moment) {
        guard let (topic, values) = channels[id]?.outbox.takeTelemetry() else { return }
        let message = OutgoingMessage.DataUpdate(
            event_id: newEventID(),
            timestamp: now.timestamp.milliseconds,
            data: values.mapValues(OutgoingMessage.DataUpdate.Datum.init)
        )
        send(.telemetry(topic: topic, values), on: topic, message, of: id)
    }
}
