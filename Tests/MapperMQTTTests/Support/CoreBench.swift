// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import MapperKit
@testable import MapperMQTT

/// Drives a link's state by hand: a clock that moves when told, and actions sorted by kind.
struct CoreBench {
    static let id = DeviceID("d1")

    var core: LinkCore
    var now = LinkCore.Moment(uptime: .zero, timestamp: Timestamp(milliseconds: 1_600_000_000_000))
    var parcels: [Parcel] = []
    var events: [EdgeEvent] = []
    var logs: [(message: String, details: [String: String])] = []
    var subscriptions: [(filters: [String], devices: [DeviceID], connection: Int)] = []
    var unsubscriptions: [String] = []
    var rereads = 0

    init(_ devices: [DeviceInstance] = [CoreBench.device()]) {
        core = LinkCore(devices: devices, eventPrefix: "e")
        collect()
    }

    static func device(
        _ id: DeviceID = id,
        _ properties: [Property] = ["a", "b", "c"].map { CoreBench.property($0) },
        dataTopic: String? = nil
    ) -> DeviceInstance {
        DeviceInstance(
            id: id,
            modelName: "m",
            protocolName: "p",
            protocolConfig: [:],
            properties: properties,
            dataTopic: dataTopic
        )
    }

    static func property(
        _ name: String,
        _ type: DataType = .int,
        desired: String? = nil,
        declared: String? = nil
    ) -> Property {
        Property(
            model: DeviceModel.Property(name: name, dataType: type, accessMode: .readWrite),
            visitor: [:],
            desired: desired,
            declaredTwinType: declared
        )
    }

    static func value(_ text: String, _ type: DataType = .int) -> TwinReport.Value {
        TwinReport.Value(text, dataType: type, acquiredAt: Timestamp(milliseconds: 5))
    }

    // MARK: Telling

    mutating func tell(_ news: (inout LinkCore, LinkCore.Moment) -> Void) {
        news(&core, now)
        collect()
    }

    /// Connects and gets all subscriptions through.
    mutating func connect() {
        tell { core, _ in core.connected() }
        acceptSubscriptions()
    }

    mutating func acceptSubscriptions() {
        let accepted = subscriptions
        subscriptions = []
        for subscription in accepted {
            tell { $0.subscribed(subscription.devices, connection: subscription.connection, failure: nil, at: $1) }
        }
    }

    mutating func report(_ values: [String: String], of id: DeviceID = id, _ type: DataType = .int) {
        tell { $0.report(TwinReport(id, values.mapValues { Self.value($0, type) }), at: $1) }
    }

    mutating func receive(_ json: String, _ subject: EdgeTopic.Subject, of id: DeviceID = id) {
        receive(json, on: EdgeTopic.device(id, subject).text)
    }

    mutating func receive(_ json: String, on topic: String) {
        tell { $0.received(MQTTMessage(topic: topic, payload: Array(json.utf8)), at: $1) }
    }

    mutating func wait(_ duration: Duration) {
        now.uptime += duration
        tell { $0.tick(at: $1) }
    }

    /// Says of everything sent that the broker has it, until nothing more comes; gives it all.
    mutating func deliver() -> [Parcel] {
        var delivered: [Parcel] = []
        while !parcels.isEmpty {
            let sent = parcels
            parcels = []
            delivered += sent
            for parcel in sent { tell { $0.published(parcel, failure: nil, at: $1) } }
        }
        return delivered
    }

    mutating func fail(_ failure: MQTTError) {
        let sent = parcels
        parcels = []
        for parcel in sent { tell { $0.published(parcel, failure: failure, at: $1) } }
    }

    private mutating func collect() {
        for action in core.takeActions() {
            switch action {
            case .publish(let parcel): parcels.append(parcel)
            case .emit(let event): events.append(event)
            case .log(_, let message, let details): logs.append((message, details))
            case .subscribe(let filters, let devices, let connection):
                subscriptions.append((filters, devices, connection))
            case .unsubscribe(let filters): unsubscriptions += filters
            case .rereadProfile: rereads += 1
            case .announce: break
            }
        }
    }
}

extension Parcel {
    /// The payload as text.
    var text: String { String(decoding: payload, as: UTF8.self) }

    /// The values of a report by property name.
    var actuals: [String: String]? {
        guard let object = try? JSONSerialization.jsonObject(with: Data(payload)) as? [String: Any],
            let twin = object["twin"] as? [String: [String: [String: String]]]
        else { return nil }
        return twin.mapValues { $0["actual"]?["value"] ?? "none" }
    }
}

extension [Parcel] {
    /// The values of the reports among them.
    var reports: [[String: String]] { compactMap(\.actuals) }

    /// Those on a topic of a device.
    func on(_ subject: EdgeTopic.Subject, _ id: DeviceID = CoreBench.id) -> [Parcel] {
        filter { $0.topic == EdgeTopic.device(id, subject).text }
    }
}
