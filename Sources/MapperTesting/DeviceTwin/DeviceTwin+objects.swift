// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

public import MapperKit

/// The cluster's side: what happens on the edge when somebody changes Device objects.
extension DeviceTwin {
    /// The devices this node has by what the cluster says.
    public var devices: [String] { stores.keys.sorted() }

    /// Puts a device on the node, or changes it, as CloudCore does when a Device object appears or is edited.
    ///
    /// Twins that are no longer there are taken away.
    public mutating func put(_ id: DeviceID, description: String = "", twins: [CloudTwin]) -> [Output] {
        let before = cloud.twins(of: id)
        cloud.put(id, twins)
        if let before, before == cloud.twins(of: id) { return [] }
        guard let before else { return sendMembership(added: id, description) }
        let names = Set(twins.map(\.name))
        return sendTwins(of: id, removed: before.values.filter { !names.contains($0.name) })
    }

    /// Puts a device of a profile on the node.
    public mutating func put(_ instance: DeviceInstance) -> [Output] {
        put(instance.id, twins: instance.properties.filter(\.isTwin).map(CloudTwin.init))
    }

    /// Takes a device from the node, as CloudCore does when its Device object goes away.
    public mutating func remove(_ id: DeviceID) -> [Output] {
        guard cloud.twins(of: id) != nil else { return [] }
        cloud.remove(id)
        let device = WireDevice(id: name(of: id), name: id.name)
        return sendMembership([("added_devices", .null), ("removed_devices", .array([device.json]))])
    }

    /// Sets desired values, as somebody does by editing the Device object; `nil` clears one.
    ///
    /// Properties the object does not have are added as text.
    public mutating func setDesired(_ id: DeviceID, _ values: [String: String?]) -> [Output] {
        guard var twins = cloud.twins(of: id) else { return [] }
        for (name, value) in values { twins[name, default: CloudTwin(name)].desired = value }
        return put(id, twins: Array(twins.values))
    }

    /// What is desired of a property and what was last reported, as the edge has them.
    public func values(of property: String, _ id: DeviceID) -> (desired: String?, reported: String?) {
        let twin = stores[name(of: id)]?.twins[property]
        return (twin?.expected?.value, twin?.actual?.value)
    }

    /// The form a device's identity takes in this version's topics.
    public func name(of id: DeviceID) -> String {
        version.hasNamespacedTopics ? "\(id.namespace ?? "default")/\(id.name)" : id.name
    }

    private mutating func sendTwins(of id: DeviceID, removed: [CloudTwin]) -> [Output] {
        // Where names have a namespace, EdgeCore loses this message; it takes the one that adds the device again.
        if version.hasNamespacedTopics { return sendMembership(added: id, "") }
        let header = WireHeader(eventID: "", timestamp: now)
        let content = header.message([("twin", cloud.json(of: id, at: now, removed: removed))])
        let resource = "device/\(id.name)/twin/cloud_updated"
        return receiveFromCloud(resource: resource, operation: "update", content: Array(content.utf8))
    }

    private mutating func sendMembership(added id: DeviceID, _ description: String) -> [Output] {
        let device = JSONValue.object([
            ("id", .string(name(of: id))),
            ("name", .string(id.name)),
            ("description", WireDevice.filled(description)),
            ("twin", cloud.json(of: id, at: now)),
        ])
        return sendMembership([("added_devices", .array([device])), ("removed_devices", .null)])
    }

    private mutating func sendMembership(_ members: [(String, JSONValue?)]) -> [Output] {
        let content = WireHeader(eventID: "", timestamp: now).message(members)
        return receiveFromCloud(resource: "membership", operation: "update", content: Array(content.utf8))
    }
}
