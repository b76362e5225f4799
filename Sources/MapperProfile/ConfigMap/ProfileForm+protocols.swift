// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension ProfileForm {
    /// Reads the entries by name, which is the only way devices refer to them: their order means nothing.
    ///
    /// CloudCore writes an entry without a name for each device without a protocol; nothing refers to it.
    func protocols(isFirstVersion: Bool) -> [String: ProtocolEntry] {
        var entries: [String: ProtocolEntry] = [:]
        for section in root.sections("protocols") {
            let configKeys = isFirstVersion ? ["protocol_config"] : ["protocolConfig", "protocolCommonConfig"]
            section.named("protocol entry").warnAboutKeys(otherThan: ["name", "protocol"] + configKeys)
            guard let name = section.named("protocol entry").text("name"), !name.isEmpty else { continue }
            let section = section.named("protocol '\(name)'")
            guard let kind = section.requiredText("protocol") else { continue }
            let config = section.section(configKeys[0])
            let common = isFirstVersion ? nil : section.section("protocolCommonConfig")
            let parts = ProtocolParts(kind: kind, config: config, common: common, owner: section)
            guard entries.updateValue(parts.entry(), forKey: name) == nil else {
                section.error(at: section.place(of: "name"), "the entry is given twice")
                continue
            }
        }
        return entries
    }
}
