// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads one document of a file, whichever of KubeEdge's forms it has.
struct DocumentReader {
    let file: SourceFile
    let limits: ReadingLimits
    let findings: Findings

    func read(_ node: ConfigNode, into draft: inout ProfileDraft) {
        guard let section = Section(node, "document", findings) else { return }
        if section.has("kind") || section.has("apiVersion") { return readObject(section, into: &draft) }
        if section.entries.isEmpty || ProfileForm.keys.contains(where: section.has) {
            let part = ProfileForm(section).read()
            draft.isProfile = true
            draft.models += part.models
            draft.devices += part.devices
            return
        }
        // A profile has four keys: among thousands of others a slip of the pen is not worth looking for.
        let near = section.entries.prefix(100).lazy
            .compactMap { Spelling.nearest(to: $0.key, in: ProfileForm.keys) }.first
        findings.error(
            at: section.location,
            "neither a device profile (\(ProfileForm.keys.joined(separator: ", "))) nor a Kubernetes object (apiVersion, kind)"
                + (near.map { ", did you mean '\($0)'?" } ?? "")
        )
    }

    private func readObject(_ section: Section, into draft: inout ProfileDraft) {
        guard let kind = section.named("object").requiredText("kind") else { return }
        let object = section.namedAsObject(kind)
        let apiVersion = object.text("apiVersion") ?? ""
        switch kind {
        case "List": object.sections("items").forEach { readObject($0, into: &draft) }
        case "ConfigMap": ConfigMapForm(object, file: file, limits: limits).read(with: self, into: &draft)
        case _ where apiVersion.split(separator: "/").first.map(String.init) == APIVersion.group || isOurs(kind):
            ObjectReader(origin: .object, findings: findings)
                .read(object, kind: kind, apiVersion: apiVersion, into: &draft)
        case "CustomResourceDefinition":
            object.warning(at: section.place(of: "kind"), "ignored: this is the schema of a kind of object, no device")
        default:
            object.warning(at: section.place(of: "kind"), "ignored: it describes no device")
        }
    }

    private func isOurs(_ kind: String) -> Bool { kind == "Device" || kind == "DeviceModel" }
}
