// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Finds the models that devices refer to.
struct ModelIndex {
    /// A model with what devices look up in it.
    struct Entry {
        var draft: ModelDraft
        var properties: [String: DeviceModel.Property]
        var visits: [String: DeviceDraft.Visit]

        fileprivate init(_ draft: ModelDraft) {
            self.draft = draft
            properties = Dictionary(draft.model.properties.map { ($0.name, $0) }) { first, _ in first }
            visits = Dictionary(draft.visits.map { ($0.name, $0) }) { first, _ in first }
        }

        fileprivate var id: DeviceID { draft.model.id }
    }

    /// The models, each identity once.
    private(set) var all: [Entry] = []
    private var byID: [DeviceID: Entry] = [:]
    private var byName: [String: [DeviceID]] = [:]
    private let findings: Findings

    init(_ models: [ModelDraft], _ findings: Findings) {
        self.findings = findings
        var places: [DeviceID: SourceLocation?] = [:]
        for model in models {
            NameRules.checkLength(model.model.id, of: "model", at: model.location, findings)
            if let first = places.updateValue(model.location, forKey: model.model.id) {
                let earlier = first.map { " (first at \($0))" } ?? ""
                findings.error(at: model.location, "model '\(model.model.id)' is given twice\(earlier)")
                continue
            }
            let entry = Entry(model)
            all.append(entry)
            byID[entry.id] = entry
            byName[entry.id.name, default: []].append(entry.id)
        }
    }

    /// The model of a device: in the device's namespace, as far as both say one.
    func model(of device: DeviceDraft) -> Entry? {
        let exact = DeviceID(device.modelName, namespace: device.id.namespace)
        if let entry = byID[exact] ?? byID[DeviceID(device.modelName)] { return entry }
        let named = byName[device.modelName] ?? []
        guard device.id.namespace == nil, let first = named.first else {
            complain(of: device, elsewhere: named.first)
            return nil
        }
        if named.count == 1 { return byID[first] }
        let spaces = named.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
        let more = named.count > 5 ? " and \(named.count - 5) more" : ""
        findings.error(
            at: device.modelLocation,
            "device '\(device.id)': model '\(device.modelName)' can be \(spaces)\(more): give the device a namespace"
        )
        return nil
    }

    private func complain(of device: DeviceDraft, elsewhere other: DeviceID?) {
        let hint =
            other?.namespace.map { " (there is one in namespace '\($0)')" }
            ?? findings.suggestion(for: device.modelName, in: Array(byName.keys))
        findings.error(
            at: device.modelLocation,
            "device '\(device.id)': there is no model '\(device.modelName)'\(hint)"
        )
    }
}
