// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting

/// What EdgeCore's DMI does differently from version to version.
struct EdgeCoreDMIVersion: Hashable, Sendable {
    /// The first one that serves v1beta1.
    static let first = EdgeCoreVersion(1, 15)

    let version: EdgeCoreVersion

    init(_ version: EdgeCoreVersion) {
        self.version = version
    }

    /// Whether messages name the namespace of a device.
    var hasNamespaces: Bool { version >= EdgeCoreVersion(1, 16) }

    /// Whether mappers can report states.
    var hasStates: Bool { version >= EdgeCoreVersion(1, 18) }

    /// Whether mappers are known again after a restart of the edge.
    var remembersMappers: Bool { version >= EdgeCoreVersion(1, 23) }

    /// Whether an update that changes nothing is kept from the mapper.
    var comparesDevices: Bool { version >= EdgeCoreVersion(1, 23) }

    /// Whether CloudCore answers each reported value with an update of the device.
    var echoesReports: Bool { version < EdgeCoreVersion(1, 21) }

    /// Whether the path in `:authority` is percent-encoded.
    var encodesAuthority: Bool { version >= EdgeCoreVersion(1, 18) }

    /// The identity under which an object of a profile is known: without a namespace it would be put in the default one.
    func id(_ id: DeviceID) -> DeviceID {
        DeviceID(id.name, namespace: hasNamespaces ? id.namespace ?? "default" : nil)
    }

    /// The identity that a message names.
    func id(_ name: String, _ namespace: String) -> DeviceID {
        DeviceID(name, namespace: hasNamespaces ? namespace : nil)
    }
}
