// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension ProfileForm {
    func model(_ section: Section) -> ModelDraft? {
        guard let name = section.named("device model").requiredText("name") else { return nil }
        let section = section.named("model '\(name)'")
        section.warnAboutKeys(otherThan: ["name", "description", "properties"])
        var draft = ModelDraft(
            model: DeviceModel(id: DeviceID(name), properties: []),
            location: section.place(of: "name")
        )
        for section in section.sections("properties") {
            guard let name = section.named("\(section.subject), property").requiredText("name") else { continue }
            if let property = property(name, section.named("property '\(name)' of \(section.subject)")) {
                draft.add(property, at: section.place(of: "name"), findings)
            } else {
                draft.withheld.insert(name)
            }
        }
        return draft
    }

    private func property(_ name: String, _ section: Section) -> DeviceModel.Property? {
        section.warnAboutKeys(otherThan: [
            "name", "dataType", "description", "accessMode", "defaultValue", "minimum", "maximum", "unit",
        ])
        let reader = ModelPropertyReader(section: section)
        let access = reader.accessMode(in: section)
        guard let word = section.requiredText("dataType"),
            let type = reader.dataType(word, at: section.place(of: "dataType"))
        else { return nil }
        let range = reader.range(in: section, type: type, zeroMeansNone: true)
        guard let access else { return nil }
        return DeviceModel.Property(
            name: name,
            dataType: type,
            accessMode: access,
            range: range,
            unit: section.text("unit"),
            description: section.text("description")
        )
    }
}
