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
        if resource.contains("membership") { return updateMembership(content) }
        // Only the second level is taken for the device: with namespaces in between, nothing is found.
        if resource.contains("twin/cloud_updated"), levels.count > 1 { return syncTwins(of: levels[1], content) }
        if operation.contains("updated"), levels.count == 2, levels[0] == "device" {
            return updateAttributes(of: levels[1], content)
        }
        return []
    }
}
