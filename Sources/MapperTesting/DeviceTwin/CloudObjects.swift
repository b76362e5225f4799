// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// The Device objects as the cloud has them, as far as twins are concerned.
struct CloudObjects: Hashable, Sendable {
    /// Counts every change, as the cluster does for all its objects.
    private(set) var resourceVersion: Int64 = 1000
    private var devices: [DeviceID: [String: CloudTwin]] = [:]

    func twins(of id: DeviceID) -> [String: CloudTwin]? { devices[id] }

    mutating func put(_ id: DeviceID, _ twins: [CloudTwin]) {
        resourceVersion += 1
        devices[id] = Dictionary(twins.map { ($0.name, $0) }) { _, last in last }
    }

    mutating func remove(_ id: DeviceID) {
        resourceVersion += 1
        devices[id] = nil
    }

    /// The twins as CloudCore sends them: all of them, whatever has changed.
    func json(of id: DeviceID, at timestamp: Int64, removed: [CloudTwin] = []) -> JSONValue {
        var twins = (devices[id] ?? [:]).mapValues { json(of: $0, type: $0.type, timestamp) }
        for twin in removed { twins[twin.name] = json(of: twin, type: WireTwin.deletedType, timestamp) }
        return .map(twins)
    }

    private func json(of twin: CloudTwin, type: String, _ timestamp: Int64) -> JSONValue {
        var wire = WireTwin()
        wire.expected = WireValue(twin.desired ?? "", at: timestamp)
        wire.optional = false
        wire.type = type
        wire.expectedVersion = WireVersion(cloud: resourceVersion)
        return wire.json
    }
}
