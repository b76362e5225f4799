// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Brings a device together with its model: what is missing, doubtful or contradictory is found here.
struct DeviceAssembler {
    private let device: DeviceDraft
    private let model: ModelDraft
    private let findings: Findings
    private let known: [String: DeviceModel.Property]
    private let modelVisits: [String: DeviceDraft.Visit]

    init(_ device: DeviceDraft, _ model: ModelIndex.Entry, _ findings: Findings) {
        self.device = device
        self.model = model.draft
        self.findings = findings
        known = model.properties
        modelVisits = model.visits
    }

    private var subject: String { "device '\(device.id)'" }

    func instance() -> DeviceInstance {
        var config = FlatConfig(at: device.protocolConfig.location)
        config.lay(device.protocolConfig, called: "configData")
        config.lay(model.protocolConfig, called: "protocolConfigData")
        checkProtocol()
        let twins = index(device.twins, "twin", name: \.name, place: \.location)
        let telemetry = index(device.telemetry, "data property", name: \.name, place: \.location)
        let visits = visits()
        // In v1beta1 they stand in one entry with the visitor.
        if device.protocolName != nil, device.visitSource != .both {
            checkVisited(device.twins.map { ($0.name, $0.location) }, "twin", visits)
            checkVisited(device.telemetry.map { ($0.name, $0.location) }, "data property", visits)
        }
        DeviceRemark.warn(about: device.remarks.filter { known[$0.name] != nil }, subject, findings)
        return DeviceInstance(
            id: device.id,
            modelName: model.model.id.name,
            protocolName: device.protocolName,
            protocolConfig: config.node,
            properties: visits.compactMap { property($0, twins[$0.name], isTelemetry: telemetry[$0.name] != nil) },
            methods: MethodCheck(device, known: known, findings).usable(),
            dataTopic: device.dataTopic,
            location: device.location
        )
    }

    private func checkProtocol() {
        guard let name = device.protocolName else {
            findings.warning(at: device.location, "\(subject): it has no protocol, so no mapper can reach it")
            return
        }
        guard let wanted = model.protocolName, !name.isEmpty, wanted.lowercased() != name.lowercased() else { return }
        findings.warning(
            at: device.location,
            "\(subject): its protocol is '\(name)' but its model '\(model.model.id)' is for '\(wanted)'"
        )
    }

    /// The ways to properties that the model knows, each property once.
    private func visits() -> [DeviceDraft.Visit] {
        let own = device.visitSource == .model ? model.visits : device.visits
        let usable = index(own, "property visitor", name: \.name, place: \.location)
        var seen: Set<String> = []
        return own.compactMap { visit in
            guard seen.insert(visit.name).inserted, var visit = usable[visit.name] else { return nil }
            guard known[visit.name] != nil else { return nil }
            if device.visitSource == .both { lay(&visit) }
            checkProtocol(of: visit)
            return isUsable(visit) ? visit : nil
        }
    }

    /// A driver may do without any keys; but where not even a protocol is named nobody has said how to reach the property.
    private func isUsable(_ visit: DeviceDraft.Visit) -> Bool {
        let isUnsaid = visit.visitor.entries?.isEmpty ?? true && visit.protocolName?.isEmpty ?? true
        // In files the driver's own complaint about missing keys says more.
        guard device.origin == .edge, isUnsaid else { return true }
        findings.error(
            at: visit.location,
            "property '\(visit.name)' of \(subject): it has no visitor, so there is no way to read it: it is left out"
        )
        return false
    }

    /// EdgeCore lets the model's visitor take the place of the device's and lays the device's own keys over it
    /// (`edge/pkg/devicetwin/dmicache/dmicache.go` at v1.23.1).
    private func lay(_ visit: inout DeviceDraft.Visit) {
        guard let under = modelVisits[visit.name] else { return }
        var config = FlatConfig(at: visit.visitor.location)
        config.lay(visit.visitor, called: "configData")
        config.lay(under.visitor, called: "configData")
        visit.visitor = config.node
        visit.protocolName = under.protocolName ?? visit.protocolName
    }

    private func checkProtocol(of visit: DeviceDraft.Visit) {
        guard let name = device.protocolName, !name.isEmpty, let other = visit.protocolName, !other.isEmpty,
            name.lowercased() != other.lowercased()
        else { return }
        findings.warning(
            at: visit.location,
            "property '\(visit.name)' of \(subject): its visitor is for protocol '\(other)', the device's protocol is '\(name)'"
        )
    }

    /// Keeps the first of several entries for one property and complains about the others and about unknown properties.
    private func index<Entry>(
        _ entries: [Entry],
        _ what: String,
        name: KeyPath<Entry, String>,
        place: KeyPath<Entry, SourceLocation?>
    ) -> [String: Entry] {
        var index: [String: Entry] = [:]
        for entry in entries {
            let (name, place) = (entry[keyPath: name], entry[keyPath: place])
            if known[name] == nil, !model.withheld.contains(name) {
                let suggestion = findings.suggestion(for: name, in: model.model.properties.map(\.name))
                findings.error(
                    at: place,
                    "\(subject): \(what) '\(name)': model '\(model.model.id)' has no such property\(suggestion)"
                )
            }
            if index[name] != nil {
                findings.error(at: place, "\(subject): \(what) '\(name)' is given twice")
            } else {
                index[name] = entry
            }
        }
        return index
    }

    private func checkVisited(
        _ entries: [(name: String, place: SourceLocation?)],
        _ what: String,
        _ visits: [DeviceDraft.Visit]
    ) {
        let visited = Set(visits.map(\.name))
        for entry in entries where known[entry.name] != nil && !visited.contains(entry.name) {
            findings.error(
                at: entry.place,
                "\(subject): property '\(entry.name)' has a \(what) but no visitor, so there is no way to read it"
            )
        }
    }

    private func property(
        _ visit: DeviceDraft.Visit,
        _ twin: DeviceDraft.Twin?,
        isTelemetry: Bool
    ) -> Property? {
        guard device.protocolName != nil, let model = known[visit.name] else { return nil }
        let check = DesiredCheck(device: device, property: model, visitor: visit.visitor, findings: findings)
        return Property(
            model: model,
            visitor: visit.visitor,
            collectCycle: visit.collectCycle,
            reportCycle: visit.reportCycle,
            // EdgeCore creates a twin for a property it first hears of in a report, so a visited one needs no entry.
            isTwin: visit.isTwin ?? (twin != nil || !isTelemetry),
            isTelemetry: isTelemetry,
            desired: twin.flatMap(check.usable),
            declaredTwinType: twin?.type
        )
    }
}
