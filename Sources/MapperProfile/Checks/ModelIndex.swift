// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Finds the models that devices refer to.
struct ModelIndex {
    /// The models, each identity once.
    private(set) var all: [ModelDraft] = []
    private var byName: [String: [ModelDraft]] = [:]
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
            all.append(model)
            byName[model.model.id.name, default: []].append(model)
        }
    }

    /// The model of a device: in the device's namespace, as far as both say one.
    func model(of device: DeviceDraft) -> ModelDraft? {
        let named = byName[device.modelName] ?? []
        let fitting = named.filter { model in
            guard let left = device.id.namespace, let right = model.model.id.namespace else { return true }
            return left == right
        }
        if fitting.count == 1 { return fitting[0] }
        if let exact = fitting.first(where: { $0.model.id.namespace == device.id.namespace }) { return exact }
        let subject = "device '\(device.id)'"
        if fitting.isEmpty {
            let elsewhere = named.first?.model.id.namespace.map { " (there is one in namespace '\($0)')" } ?? ""
            let suggestion = findings.suggestion(for: device.modelName, in: Array(byName.keys))
            findings.error(
                at: device.modelLocation,
                "\(subject): there is no model '\(device.modelName)'\(elsewhere.isEmpty ? suggestion : elsewhere)"
            )
        } else {
            let spaces = fitting.map { "'\($0.model.id)'" }.joined(separator: ", ")
            findings.error(
                at: device.modelLocation,
                "\(subject): model '\(device.modelName)' can be \(spaces): give the device a namespace"
            )
        }
        return nil
    }
}
