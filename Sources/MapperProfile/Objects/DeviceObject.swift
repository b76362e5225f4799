// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads a Device object of any version.
///
/// `device_instance_types.go` of `devices.kubeedge.io` at v1.3.1 (v1alpha1), v1.12.0 (v1alpha2), v1.23.1 (v1beta1).
struct DeviceObject {
    let version: APIVersion
    let origin: DeviceDraft.Origin
    let head: ObjectHead
    let spec: Section

    init?(_ object: Section, _ version: APIVersion, _ origin: DeviceDraft.Origin) {
        guard let head = ObjectHead(object, version) else { return nil }
        self.version = version
        self.origin = origin
        self.head = head
        spec = head.spec.named("device '\(head.id)'")
    }

    func read() -> DeviceDraft? {
        guard var draft = frame() else { return nil }
        switch version {
        case .v1alpha1, .v1alpha2: readAlpha(into: &draft)
        case .v1beta1: readBeta(into: &draft)
        }
        return draft
    }

    /// The device with what is the same in all versions.
    private func frame() -> DeviceDraft? {
        guard let reference = spec.section("deviceModelRef") else {
            if spec["deviceModelRef"] == nil { spec.error(at: spec.location, "'deviceModelRef' is missing") }
            return nil
        }
        reference.warnAboutKeys(otherThan: ["name", "namespace"])
        guard let model = reference.named("\(spec.subject), 'deviceModelRef'").requiredText("name") else { return nil }
        return DeviceDraft(
            id: head.id,
            location: head.location,
            origin: origin,
            modelName: model,
            modelLocation: reference.place(of: "name"),
            protocolConfig: ConfigNode(.mapping([]), at: spec.location),
            visitSource: version == .v1alpha1 ? .model : version == .v1alpha2 ? .device : .both
        )
    }

    private func readAlpha(into draft: inout DeviceDraft) {
        let extra = version == .v1alpha2 ? ["propertyVisitors"] : []
        spec.warnAboutKeys(otherThan: ["deviceModelRef", "protocol", "nodeSelector", "data"] + extra)
        if version == .v1alpha2 {
            draft.visits = spec.sections("propertyVisitors").compactMap { VisitObject($0).read() }
        }
        if let status = head.status?.named(spec.subject) {
            draft.twins = status.sections("twins").compactMap(TwinList.twin)
        }
        if let data = spec.section("data") {
            data.warnAboutKeys(otherThan: ["dataProperties", "dataTopic"])
            draft.telemetry = data.sections("dataProperties").compactMap(TwinList.telemetry)
            draft.dataTopic = data.text("dataTopic").flatMap { $0.isEmpty ? nil : $0 }
        }
        guard let entry = protocolParts()?.entry() else { return }
        draft.protocolName = entry.name
        draft.protocolConfig = entry.config
    }

    /// Finds the one protocol that `spec.protocol` has a group for.
    private func protocolParts() -> ProtocolParts? {
        guard let group = spec.section("protocol") else { return nil }
        let kinds = ["modbus", "opcua", "bluetooth"] + (version == .v1alpha2 ? ["customizedProtocol"] : [])
        group.warnAboutKeys(otherThan: kinds + (version == .v1alpha2 ? ["common"] : []))
        let present = group.entries.filter { kinds.contains($0.key) }
        if present.count > 1 {
            spec.error(at: present[1].keyLocation, "a device has one protocol: '\(present[0].key)' is there already")
        }
        guard let entry = present.first else { return nil }
        let config = group.section(entry.key)
        if version == .v1alpha1, entry.key == "modbus" { return modbusParts(config, owner: group) }
        return ProtocolParts(
            kind: entry.key == "customizedProtocol" ? ProtocolWords.customized : entry.key,
            config: config,
            common: group.section("common"),
            owner: group
        )
    }

    /// v1alpha1 has a group for each kind of line inside `modbus`.
    private func modbusParts(_ modbus: Section?, owner: Section) -> ProtocolParts {
        // Where there was a complaint the device still has a protocol, only nothing is known about it.
        let unknown = ProtocolParts(kind: "modbus", config: nil, common: nil, owner: owner)
        guard let modbus else { return unknown }
        modbus.warnAboutKeys(otherThan: ["rtu", "tcp"])
        switch (modbus.section("rtu"), modbus.section("tcp")) {
        case (let rtu?, nil): return ProtocolParts(kind: "modbus-rtu", config: rtu, common: nil, owner: rtu)
        case (nil, let tcp?): return ProtocolParts(kind: "modbus-tcp", config: tcp, common: nil, owner: tcp)
        case (nil, nil): modbus.error(at: modbus.location, "'modbus' has neither 'rtu' nor 'tcp'")
        case (.some, .some): modbus.error(at: modbus.location, "'modbus' has both 'rtu' and 'tcp'")
        }
        return unknown
    }
}
