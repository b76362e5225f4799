// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// The part that all Kubernetes objects share.
struct ObjectHead {
    var id: DeviceID
    var spec: Section
    var status: Section?
    var location: SourceLocation?

    /// Complains when the name or the spec is missing.
    init?(_ object: Section, _ version: APIVersion) {
        object.warnAboutKeys(otherThan: ["apiVersion", "kind", "metadata", "spec", "status"])
        guard let metadata = object.section("metadata") else {
            if object["metadata"] == nil { object.error(at: object.location, "'metadata' is missing") }
            return nil
        }
        guard let name = metadata.requiredText("name") else { return nil }
        // Older versions lose the namespace on the way to the edge, so devices are the same with and without one.
        let namespace = version == .v1beta1 ? metadata.text("namespace").flatMap { $0.isEmpty ? nil : $0 } : nil
        id = DeviceID(name, namespace: namespace)
        location = metadata.place(of: "name")
        guard let spec = object.section("spec") else {
            if object["spec"] == nil { object.error(at: object.location, "'spec' is missing") }
            return nil
        }
        self.spec = spec
        status = object.section("status")
    }
}
