// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is an action of KubeEdge's own Bluetooth mapper: reading or writing one property, as the model's access mode says.
struct FormerAction {
    private let node: ConfigNode

    init(_ node: ConfigNode) { self.node = node }

    /// What schedules and watchers call it.
    var name: String? { node["name"]?.string }

    /// The property it is about.
    var property: String? { node["device-property-name"]?.string }

    /// What happens here without it; `nil` when it is about no property.
    var explanation: Diagnostic? {
        guard let property else { return nil }
        let rule =
            if case .boolean(true)? = node["perform-immediately"]?.content {
                "is read as soon as its device is there; if it was written at the start (ReadWrite), give it a desired "
                    + "value in the Device, which is written then"
            } else {
                "is read in its own cycle, and written when its desired value changes"
            }
        return .error(at: node.location, "action '\(name ?? "")': property '\(property)' \(rule)")
    }
}
