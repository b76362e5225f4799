// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Follows the references of a draft and makes the profile.
struct ProfileAssembler {
    /// More than any node could poll; visitors that many devices share (v1alpha1) multiply.
    private static let propertyLimit = 200_000

    private let models: ModelIndex
    private let draft: ProfileDraft
    private let findings: Findings

    init(_ draft: ProfileDraft, _ findings: Findings) {
        self.draft = draft
        self.findings = findings
        models = ModelIndex(draft.models, findings)
    }

    func profile() -> DeviceProfile {
        var profile = DeviceProfile(models: models.all.map(\.draft.model))
        var properties = 0
        var places: [DeviceID: SourceLocation?] = [:]
        for device in draft.devices {
            NameRules.checkDevice(device.id, at: device.location, findings)
            if let first = places.updateValue(device.location, forKey: device.id) {
                let earlier = first.map { " (first at \($0))" } ?? ""
                findings.error(at: device.location, "device '\(device.id)' is given twice\(earlier)")
                continue
            }
            guard let model = models.model(of: device) else { continue }
            let count = device.visitSource == .model ? model.draft.visits.count : device.visits.count
            guard properties + count <= Self.propertyLimit else {
                findings.error(at: device.location, "too many properties: at most \(Self.propertyLimit) in all devices")
                continue
            }
            properties += count
            profile.devices.append(DeviceAssembler(device, model, findings).instance())
        }
        return profile
    }
}
