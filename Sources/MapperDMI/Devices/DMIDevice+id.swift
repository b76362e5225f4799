// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension DMIDevice {
    /// The device's identity.
    var id: DeviceID { DeviceID(name, wireNamespace: namespace) }

    /// What is desired, by property name; an empty text is as good as none.
    var desired: [String: String] {
        let named = spec.properties.lazy.filter { !$0.desired.value.isEmpty }.map { ($0.name, $0.desired.value) }
        return Dictionary(named) { first, _ in first }
    }

    /// The identity of the device's model, which is in the device's namespace.
    var modelID: DeviceID { DeviceID(spec.deviceModelReference, wireNamespace: namespace) }
}

extension DMIDeviceModel {
    /// The model's identity.
    var id: DeviceID { DeviceID(name, wireNamespace: namespace) }
}

extension DeviceID {
    /// An identity from a message, where no namespace is an empty one.
    init(_ name: String, wireNamespace: String) {
        self.init(name, namespace: wireNamespace.isEmpty ? nil : wireNamespace)
    }
}
