// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting

/// A node: DeviceTwin and, where it is wanted, DMI, with the devices that the cluster has for it.
struct EdgeNode: Sendable {
    var twin: DeviceTwin
    var dmi: EdgeCoreDMI?
    /// The devices as somebody wrote them.
    var written: [DeviceID: DeviceInstance] = [:]
    /// The devices with the desired values that were set since.
    var present: [DeviceID: DeviceInstance] = [:]
    var models: [DeviceModel] = []

    init(twin: DeviceTwin, dmi: EdgeCoreDMI? = nil) {
        self.twin = twin
        self.dmi = dmi
    }

    /// Takes a message from the broker.
    mutating func receive(topic: String, payload: [UInt8]) -> [EdgeEffect] {
        twin.receive(topic: topic, payload: payload).map(EdgeEffect.output)
    }

    /// Takes a message from the cloud.
    mutating func receiveFromCloud(resource: String, operation: String, content: [UInt8]) -> [EdgeEffect] {
        twin.receiveFromCloud(resource: resource, operation: operation, content: content).map(EdgeEffect.output)
    }

    /// Begins anew from what was stored; the cloud is there again at once.
    mutating func restart() -> [EdgeEffect] {
        twin.restart()
        dmi?.restart()
        let content = Array("cloud_connected".utf8)
        return receiveFromCloud(resource: "node/connection", operation: "connect", content: content)
    }

    /// Brings the node's devices to what is wanted.
    mutating func settle(_ profile: DeviceProfile) -> [EdgeEffect] {
        let before = Dictionary(models.map { ($0.id, $0) }) { first, _ in first }
        let changedModels = profile.models.filter { model in before[model.id].map { $0 != model } ?? false }
        self.models = profile.models
        let wanted = Dictionary(profile.devices.map { ($0.id, $0) }) { first, _ in first }
        let gone = present.keys.filter { wanted[$0] == nil }.sorted()
        let changed = profile.devices.filter { written[$0.id] != $0 || written[$0.id]?.methods != $0.methods }
        written = wanted
        let effects = gone.flatMap { take(away: $0) } + changed.flatMap { put($0) }
        return effects + remarks(about: changedModels)
    }

    private mutating func take(away id: DeviceID) -> [EdgeEffect] {
        let old = present.removeValue(forKey: id)
        let effects = twin.remove(id).map(EdgeEffect.output)
        guard let old else { return effects }
        return effects + removeFromMappers(old)
    }

    private mutating func put(_ device: DeviceInstance) -> [EdgeEffect] {
        let old = present.updateValue(device, forKey: device.id)
        // With DMI the cloud does not tell DeviceTwin what is desired.
        let outputs = dmi == nil ? twin.put(device) : twin.put(device.id, twins: [])
        return outputs.map(EdgeEffect.output) + putToMappers(device, insteadOf: old)
    }
}
