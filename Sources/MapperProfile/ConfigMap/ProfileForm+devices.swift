// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension ProfileForm {
    func device(_ section: Section, protocols: [String: ProtocolEntry], isFirstVersion: Bool) -> DeviceDraft? {
        guard let id = identity(section.named("device instance")) else { return nil }
        let section = section.named("device '\(id)'")
        section.warnAboutKeys(otherThan: [
            "id", "name", "protocol", "model", "twins", "data", "dataProperties", "dataTopic", "propertyVisitors",
        ])
        guard let modelName = section.requiredText("model") else { return nil }
        var draft = DeviceDraft(
            id: DeviceID(id),
            location: section.location,
            origin: .configMap,
            modelName: modelName,
            modelLocation: section.place(of: "model"),
            protocolConfig: ConfigNode(.mapping([]), at: section.location),
            visitSource: isFirstVersion ? .model : .device
        )
        draft.visits = section.sections("propertyVisitors").compactMap { visit($0, ofModel: modelName) }
        draft.twins = section.sections("twins").compactMap(TwinList.twin)
        readTelemetry(section, into: &draft)
        readProtocol(section, protocols, into: &draft)
        return draft
    }

    /// CloudCore writes the Device's name into both; topics carry the `id`.
    private func identity(_ section: Section) -> String? {
        let (id, name) = (section.text("id") ?? "", section.text("name") ?? "")
        guard !id.isEmpty || !name.isEmpty else {
            section.error(at: section.location, "'id' and 'name' are missing")
            return nil
        }
        guard !id.isEmpty else { return name }
        if !name.isEmpty, name != id {
            section.warning(
                at: section.place(of: "name"),
                "'id' is '\(id)' but 'name' is '\(name)': KubeEdge writes the same into both; the id is used"
            )
        }
        return id
    }

    private func readTelemetry(_ section: Section, into draft: inout DeviceDraft) {
        // Up to v1.8 the two keys stand in the instance itself.
        for group in [section.section("data"), section] {
            guard let group else { continue }
            if group.location != section.location { group.warnAboutKeys(otherThan: ["dataProperties", "dataTopic"]) }
            draft.telemetry += group.sections("dataProperties").compactMap(TwinList.telemetry)
            if draft.dataTopic == nil { draft.dataTopic = group.text("dataTopic").flatMap { $0.isEmpty ? nil : $0 } }
        }
    }

    private func readProtocol(_ section: Section, _ protocols: [String: ProtocolEntry], into draft: inout DeviceDraft) {
        guard let name = section.text("protocol"), !name.isEmpty else { return }
        guard let entry = protocols[name] else {
            let suggestion = findings.suggestion(for: name, in: Array(protocols.keys))
            section.error(
                at: section.place(of: "protocol"),
                "there is no entry '\(name)' in 'protocols'\(suggestion)"
            )
            // Anything but nil: the device has a protocol, which one is just not known.
            draft.protocolName = ""
            return
        }
        draft.protocolName = entry.name
        draft.protocolConfig = entry.config
    }

    /// Reads one way to a property.
    func visit(_ section: Section, ofModel modelName: String? = nil) -> DeviceDraft.Visit? {
        let owner = section.named("\(section.subject), property visitor")
        guard let name = owner.requiredText("propertyName") else { return nil }
        let section = section.named(
            modelName == nil ? "visitor of '\(name)'" : "property '\(name)' of \(section.subject)"
        )
        section.warnAboutKeys(otherThan: [
            "name", "propertyName", "modelName", "protocol", "reportCycle", "collectCycle", "customizedValues",
            "visitorConfig",
        ])
        if let modelName, let other = section.text("modelName"), other != modelName {
            section.warning(
                at: section.place(of: "modelName"),
                "'modelName' is '\(other)' but the device's model is '\(modelName)', which is used"
            )
        }
        let kind = section.text("protocol")
        let isCustomized = kind == ProtocolWords.customized
        let group = section.section("visitorConfig")
        var config = FlatConfig(at: section["visitorConfig"]?.location ?? section.location)
        if isCustomized, let group { group.warnAboutKeys(otherThan: ["protocolName", "configData"]) }
        config.lay(
            isCustomized ? group?.section("configData")?.node : group?.node,
            called: isCustomized ? "configData" : "visitorConfig"
        )
        config.lay(section.section("customizedValues")?.node, called: "customizedValues", warningIn: section)
        return DeviceDraft.Visit(
            name: name,
            location: section.place(of: "propertyName"),
            visitor: config.node,
            protocolName: isCustomized ? group?.text("protocolName") : kind.map(ProtocolWords.newest),
            collectCycle: CycleUnit.nanoseconds.cycle("collectCycle", in: section),
            reportCycle: CycleUnit.nanoseconds.cycle("reportCycle", in: section) ?? Property.defaultCycle
        )
    }
}
