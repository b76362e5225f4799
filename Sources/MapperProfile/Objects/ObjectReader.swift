// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads one of KubeEdge's own objects: a Device or a DeviceModel.
struct ObjectReader {
    /// Who wrote the object.
    let origin: DeviceDraft.Origin
    let findings: Findings

    /// Reads an object that came as a tree and not in a file; complains about anything else.
    func read(_ node: ConfigNode, limits: ReadingLimits, into draft: inout ProfileDraft) {
        guard limits.admit(node) else {
            findings.error(at: node.location, "object: too large: at most \(limits.nodes) values, \(limits.depth) deep")
            return
        }
        guard let object = Section(node, "object", findings), let kind = object.requiredText("kind") else { return }
        let apiVersion = object.text("apiVersion") ?? ""
        read(object.namedAsObject(kind), kind: kind, apiVersion: apiVersion, into: &draft)
    }

    /// Reads an object whose kind and version were looked at before.
    func read(_ object: Section, kind: String, apiVersion: String, into draft: inout ProfileDraft) {
        if kind == "DeviceStatus" {
            object.warning(at: object.place(of: "kind"), "ignored: it says how a device was, not how it is to be")
            return
        }
        guard let version = APIVersion(apiVersion: apiVersion) else {
            let words = APIVersion.words
            object.error(
                at: object.place(of: "apiVersion"),
                "'apiVersion' is '\(apiVersion)'\(findings.suggestion(for: apiVersion, in: words)) (\(words.joined(separator: ", ")) are allowed)"
            )
            return
        }
        switch kind {
        case "Device":
            if let device = DeviceObject(object, version, origin)?.read() { draft.devices.append(device) }
        case "DeviceModel":
            if let model = ModelObject(object, version, origin)?.read() { draft.models.append(model) }
        default:
            object.error(
                at: object.place(of: "kind"),
                "unknown kind\(findings.suggestion(for: kind, in: ["Device", "DeviceModel"])) (Device, DeviceModel are allowed)"
            )
            return
        }
        draft.isProfile = true
    }
}
