// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension DeviceTwin {
    /// Takes a message from the cloud, in the form CloudCore's DeviceController gives it.
    /// - Parameters:
    ///   - resource: The resource behind `node/<node>/`, for example `membership`.
    ///   - operation: The operation, for example `update`.
    ///   - content: The message's JSON.
    public mutating func receiveFromCloud(resource: String, operation: String, content: [UInt8]) -> [Output] {
        let levels = resource.split(separator: "/").map(String.init)
        if resource == "node/connection" { return connection(isUp: content == Array("cloud_connected".utf8)) }
        if resource.contains("membership") { return updateMembership(content) }
        // Only the second level is taken for the device: with namespaces in between, nothing is found.
        if resource.contains("twin/cloud_updated"), levels.count > 1 { return syncTwins(of: levels[1], content) }
        if operation.contains("updated"), levels.count == 2, levels[0] == "device" {
            return updateAttributes(of: levels[1], content)
        }
        return []
    }

    /// Begins anew from what was stored, without the cloud, as EdgeCore does after it was stopped.
    public mutating func restart() {
        for device in stores.keys { stores[device]?.reload(version) }
        isConnected = false
    }

    /// Sends something to the cloud, if there is a connection: twins and states are not kept for later.
    func toCloud(_ resource: String, _ operation: String, _ payload: String) -> [Output] {
        isConnected ? [.cloud(resource: resource, operation: operation, payload: payload)] : []
    }

    /// EdgeCore asks for its devices whenever the cloud comes back.
    private mutating func connection(isUp: Bool) -> [Output] {
        isConnected = isUp
        let header = newHeader()
        let question = JSONValue.object([
            ("event_type", .string("group_membership_event")),
            ("event_id", .string(version.isRevised ? header.eventID : "123")),
            ("group_id", .string(node)),
            ("operation", .string("detail")),
            ("timestamp", .int(header.timestamp)),
        ])
        return toCloud("membership/detail", "get", question.text)
    }
}
