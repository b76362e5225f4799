// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads an entry of a Device's `spec.methods` (v1beta1, from KubeEdge v1.19 on).
///
/// `DeviceMethod` in `device_instance_types.go` at v1.23.1.
struct MethodObject {
    private let section: Section

    init(_ section: Section) {
        self.section = section
    }

    func read() -> MethodDraft? {
        guard let name = section.named("\(section.subject), method").requiredText("name") else { return nil }
        let section = section.named("method '\(name)' of \(section.subject)")
        section.warnAboutKeys(otherThan: ["name", "description", "propertyNames"])
        if section["propertyNames"]?.elements?.isEmpty ?? !section.has("propertyNames") {
            section.warning(at: section.place(of: "name"), "no 'propertyNames', so there is nothing to write")
        }
        return MethodDraft(
            name: name,
            location: section.place(of: "name"),
            description: section.text("description").flatMap { $0.isEmpty ? nil : $0 },
            properties: section.texts("propertyNames").map { (name: $0.text, location: $0.location) }
        )
    }
}
