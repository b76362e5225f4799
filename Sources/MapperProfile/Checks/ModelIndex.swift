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
    private var byName: [String: [Entry]] = [:]
    private let findings: Findings

    init(_ models: [ModelDraft], _ findings: Findings) {
        self.findings = findings
        var places: [DeviceID: SourceLocation?] = [:]
        for model in models {
            if let first = places.updateValue(model.location, forKey: model.model.id) {
                let earlier = first.map { " (first at \($0))" } ?? ""
                findings.error(at: model.location, "model '\(model.model.id)' is given twice\(earlier)")
                continue
            }
            let entry = Entry(model)
            all.append(entry)
            byName[entry.id.name, default: []].append(entry)
        }
    }

    /// The model of a device: in the device's namespace, as far as both say one.
    func model(of device: DeviceDraft) -> Entry? {
        let named = byName[device.modelName] ?? []
        let fitting = named.filter { model in
            guard let left = device.id.namespace, let right = model.id.namespace else { return true }
            return left == right
        }
        if fitting.count == 1 { return fitting[0] }
        if let exact = fitting.first(where: { $0.id.namespace == device.id.namespace }) { return exact }
        let subject = "device '\(device.id)'"
        if fitting.isEmpty {
            let elsewhere = named.first?.id.namespace.map { " (there is one in namespace '\($0)')" } ?? ""
            let suggestion = findings.suggestion(for: device.modelName, in: Array(byName.keys))
            findings.error(
                at: device.modelLocation,
                "\(subject): there is no model '\(device.modelName)'\(elsewhere.isEmpty ? suggestion : elsewhere)"
            )
        } else {
            let spaces = fitting.map { "'\($0.id)'" }.joined(separator: ", ")
            findings.error(
                at: device.modelLocation,
                "\(subject): model '\(device.modelName)' can be \(spaces): give the device a namespace"
            )
        }
        return nil
    }
}
