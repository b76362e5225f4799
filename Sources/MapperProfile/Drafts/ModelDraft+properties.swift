// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension ModelDraft {
    /// Adds a property unless its name is taken or unusable.
    mutating func add(_ property: DeviceModel.Property, at location: SourceLocation?, _ findings: Findings) {
        guard names.insert(property.name).inserted else {
            findings.error(
                at: location,
                "model '\(model.id)': the property '\(property.name)' is declared twice"
            )
            return
        }
        NameRules.checkProperty(property.name, of: "model '\(model.id)'", at: location, findings)
        model.properties.append(property)
    }
}
