// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads a DeviceModel object of any version.
///
/// `device_model_types.go` of `devices.kubeedge.io` at v1.3.1 (v1alpha1), v1.12.0 (v1alpha2), v1.23.1 (v1beta1).
struct ModelObject {
    private let version: APIVersion
    private let origin: DeviceDraft.Origin
    private let head: ObjectHead
    private let spec: Section

    init?(_ object: Section, _ version: APIVersion, _ origin: DeviceDraft.Origin) {
        guard let head = ObjectHead(object, version) else { return nil }
        self.version = version
        self.origin = origin
        self.head = head
        spec = head.spec.named("model '\(head.id)'")
    }

    func read() -> ModelDraft {
        let extra: [String] =
            switch version {
            case .v1alpha1: []
            case .v1alpha2: ["protocol"]
            case .v1beta1: ["protocol", "protocolConfigData"]
            }
        if version != .v1alpha1, spec.has("propertyVisitors") {
            spec.warning(
                at: spec.place(of: "propertyVisitors"),
                "'propertyVisitors' in a model are read in v1alpha1 only; \(version.rawValue) has them in the Device"
            )
        }
        spec.warnAboutKeys(otherThan: ["properties", "propertyVisitors"] + extra)
        var draft = ModelDraft(model: DeviceModel(id: head.id, properties: []), location: head.location)
        draft.protocolName = spec.text("protocol")
        if version == .v1beta1, let config = spec.section("protocolConfigData") {
            DeliveryCheck.warn(about: config, of: spec, from: origin)
            draft.protocolConfig = config.node
        }
        if version == .v1alpha1 {
            draft.visits = spec.sections("propertyVisitors").compactMap { VisitObject($0).read() }
        }
        for section in spec.sections("properties") {
            guard let name = section.named("\(section.subject), property").requiredText("name") else { continue }
            let section = section.named("property '\(name)' of \(section.subject)")
            let property = version == .v1beta1 ? beta(name, section, &draft) : alpha(name, section)
            if let property {
                draft.add(property, at: section.place(of: "name"), section.findings)
            } else {
                draft.withheld.insert(name)
            }
        }
        return draft
    }

    /// The type is the key of a group: `type: {int: {accessMode: …}}`.
    private func alpha(_ name: String, _ section: Section) -> DeviceModel.Property? {
        section.warnAboutKeys(otherThan: ["name", "description", "type"])
        guard let types = section.section("type"), let entry = types.entries.first else {
            section.error(
                at: section.place(of: "type"),
                "'type' is missing: one of \(Self.types) with 'accessMode' in it"
            )
            return nil
        }
        if types.entries.count > 1 {
            section.error(
                at: types.entries[1].keyLocation,
                "'type' has more than one type: '\(entry.key)' is there already"
            )
        }
        let reader = ModelPropertyReader(section: section)
        guard let type = reader.dataType(entry.key, at: entry.keyLocation) else { return nil }
        let group = types.section(entry.key) ?? types
        if types[entry.key] != nil {
            group.warnAboutKeys(otherThan: ["accessMode", "defaultValue", "minimum", "maximum", "unit"])
        }
        let range = reader.range(in: group, type: type, zeroMeansNone: true)
        guard let access = reader.accessMode(in: group) else { return nil }
        return DeviceModel.Property(
            name: name,
            dataType: type,
            accessMode: access,
            range: range,
            unit: group.text("unit"),
            description: section.text("description")
        )
    }

    private static var types: String { DataType.allCases.map(\.rawValue).joined(separator: ", ") }

    private func beta(_ name: String, _ section: Section, _ draft: inout ModelDraft) -> DeviceModel.Property? {
        section.warnAboutKeys(otherThan: [
            "name", "description", "type", "accessMode", "minimum", "maximum", "unit", "visitors",
        ])
        let reader = ModelPropertyReader(section: section)
        let access = reader.accessMode(in: section)
        guard let word = section.requiredText("type") else { return nil }
        guard word.uppercased() != "STREAM" else {
            section.warning(at: section.place(of: "type"), "values of type STREAM are not supported: it is left out")
            return nil
        }
        guard let type = reader.dataType(word, at: section.place(of: "type")) else { return nil }
        if let visit = VisitObject(section).readBeta(name, from: origin) { draft.visits.append(visit) }
        let range = reader.range(in: section, type: type, zeroMeansNone: false)
        guard let access else { return nil }
        return DeviceModel.Property(
            name: name,
            dataType: type,
            accessMode: access,
            range: range,
            unit: section.text("unit"),
            description: section.text("description")
        )
    }
}
