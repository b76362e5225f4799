// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// The parts in which versions before v1beta1 say how to reach a device.
struct ProtocolParts {
    /// The protocol in the words of its version.
    var kind: String
    /// What is special to the protocol.
    var config: Section?
    /// What protocols have in common (v1alpha2).
    var common: Section?
    /// What both belong to.
    var owner: Section

    /// The protocol in the newest words, its parts made one: what is special to the protocol comes first, then the serial
    /// line's or the connection's settings, then what else is common, then the user's own keys.
    func entry() -> ProtocolEntry {
        let isCustomized = kind == ProtocolWords.customized
        var flat = FlatConfig(at: config?.location ?? common?.location ?? owner.location)
        if isCustomized, let config { config.warnAboutKeys(otherThan: ["protocolName", "configData"]) }
        flat.lay(
            isCustomized ? config?.section("configData")?.node : config?.node,
            called: isCustomized ? "configData" : "protocolConfig"
        )
        if let common {
            flat.lay(common.section("com")?.node, called: "com", warningIn: owner)
            flat.lay(common.section("tcp")?.node, called: "tcp", warningIn: owner)
            flat.lay(
                common.node,
                called: "protocolCommonConfig",
                without: ["com", "tcp", "customizedValues"],
                warningIn: owner
            )
            flat.lay(common.section("customizedValues")?.node, called: "customizedValues", warningIn: owner)
        }
        if let (mode, place) = ProtocolWords.communicateMode(kind: kind, common: common) {
            flat.add("communicateMode", mode, at: place ?? owner.place(of: "protocol"))
        }
        var name = ProtocolWords.newest(kind)
        if isCustomized {
            name = (config ?? owner).requiredText("protocolName") ?? name
        }
        return ProtocolEntry(name: name, config: flat.node)
    }
}
