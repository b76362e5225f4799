// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperProfile

/// Knows which devices are another node's: EdgeCore gets those that have its own name as `nodeName`.
///
/// A Device without `nodeName` is no node's in a cluster. Here it is served, as it is one that is still being written.
struct NodeDevices {
    /// The node's name.
    let node: String

    /// The profile without other nodes' devices, and a warning for each that was left out.
    func own(of loaded: LoadedProfile) -> LoadedProfile {
        var own = loaded
        let names = nodeNames(in: Set(loaded.profile.devices.compactMap { $0.location?.file }))
        own.profile.devices.removeAll { device in
            guard let other = names[device.id], other != node else { return false }
            let message =
                "device '\(device.id)' is not delivered: its nodeName is '\(other)', and this is node '\(node)' "
                + "(--node \(other) plays the other one)"
            own.warnings.append(.warning(at: device.location, message))
            return true
        }
        return own
    }

    private func nodeNames(in files: Set<String>) -> [DeviceID: String] {
        let documents = files.flatMap { (try? ConfigReader().read(file: $0)) ?? [] }
        let objects = documents.flatMap { [$0] + ($0["items"]?.elements ?? []) }
        let names = objects.compactMap { object -> (DeviceID, String)? in
            guard object["kind"]?.string == "Device", let head = object["metadata"], let name = head["name"]?.string,
                let node = object["spec"]?["nodeName"]?.string, !node.isEmpty
            else { return nil }
            return (DeviceID(name, namespace: head["namespace"]?.string), node)
        }
        return Dictionary(names) { first, _ in first }
    }
}
