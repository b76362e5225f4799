// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads `deviceProfile.json` as CloudCore v1.0 to v1.14 writes it into a node's ConfigMap.
///
/// `cloud/pkg/devicecontroller/types/deviceprofile.go` at v1.3.1 (v1alpha1), v1.4.0 and v1.9.0 (v1alpha2).
struct ProfileForm {
    /// The keys of the whole.
    static let keys = ["deviceInstances", "deviceModels", "protocols", "propertyVisitors"]

    let root: Section

    /// Takes the whole profile.
    init(_ root: Section) {
        self.root = root.named("device profile")
    }

    var findings: Findings { root.findings }

    /// v1alpha1 keeps visitors beside the devices and spells one key in snake case; v1alpha2 does neither.
    var isFirstVersion: Bool {
        root.has("propertyVisitors") || root.sections("protocols").contains { $0.has("protocol_config") }
    }

    func read() -> ProfileDraft {
        root.warnAboutKeys(otherThan: Self.keys)
        var draft = ProfileDraft(isProfile: true)
        draft.models = root.sections("deviceModels").compactMap(model)
        let isFirstVersion = isFirstVersion
        let protocols = protocols(isFirstVersion: isFirstVersion)
        draft.devices = root.sections("deviceInstances").compactMap {
            device($0, protocols: protocols, isFirstVersion: isFirstVersion)
        }
        if isFirstVersion { shareVisitors(&draft) }
        return draft
    }

    /// Gives the visitors of v1alpha1 to their models.
    private func shareVisitors(_ draft: inout ProfileDraft) {
        let indexes = Dictionary(
            draft.models.enumerated().map { ($0.element.model.id.name, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
        for section in root.sections("propertyVisitors") {
            guard let name = section.requiredText("modelName"), let visit = visit(section) else { continue }
            guard let index = indexes[name] else {
                let suggestion = findings.suggestion(for: name, in: Array(indexes.keys))
                section.error(at: section.place(of: "modelName"), "there is no model '\(name)'\(suggestion)")
                continue
            }
            draft.models[index].visits.append(visit)
        }
    }
}
