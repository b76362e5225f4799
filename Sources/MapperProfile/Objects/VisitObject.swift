// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads the way to a property as objects give it.
struct VisitObject {
    private static let protocols = ["modbus", "opcua", "bluetooth", "customizedProtocol"]

    private let section: Section

    init(_ section: Section) {
        self.section = section
    }

    /// Reads an entry of `propertyVisitors` (v1alpha1, v1alpha2).
    func read() -> DeviceDraft.Visit? {
        let owner = section.named("\(section.subject), property visitor")
        guard let name = owner.requiredText("propertyName") else { return nil }
        let section = section.named("property '\(name)' of \(section.subject)")
        section.warnAboutKeys(
            otherThan: ["propertyName", "reportCycle", "collectCycle", "customizedValues"] + Self.protocols
        )
        let kinds = section.entries.filter { Self.protocols.contains($0.key) }
        if kinds.count > 1 {
            section.error(at: kinds[1].keyLocation, "a visitor has one protocol: '\(kinds[0].key)' is there already")
        }
        let kind = kinds.first?.key
        let group = kind.flatMap(section.section)
        let isCustomized = kind == "customizedProtocol"
        if isCustomized, let group { group.warnAboutKeys(otherThan: ["protocolName", "configData"]) }
        var config = FlatConfig(at: group?.location ?? section.location)
        config.lay(
            isCustomized ? group?.section("configData")?.node : group?.node,
            called: isCustomized ? "configData" : kind ?? ""
        )
        config.lay(section.section("customizedValues")?.node, called: "customizedValues", warningIn: section)
        return DeviceDraft.Visit(
            name: name,
            location: section.place(of: "propertyName"),
            visitor: config.node,
            protocolName: isCustomized ? group?.text("protocolName") : kind,
            collectCycle: CycleUnit.nanoseconds.cycle("collectCycle", in: section),
            reportCycle: CycleUnit.nanoseconds.cycle("reportCycle", in: section) ?? Property.defaultCycle
        )
    }

    /// Reads `visitors` of a property (v1beta1), which a model's property may leave to the device.
    func readBeta(_ name: String, from origin: DeviceDraft.Origin) -> DeviceDraft.Visit? {
        guard let visitors = section.section("visitors") else { return nil }
        visitors.warnAboutKeys(otherThan: ["protocolName", "configData"])
        let config = visitors.section("configData")
        DeliveryCheck.warn(about: config, of: visitors, from: origin)
        return DeviceDraft.Visit(
            name: name,
            location: visitors.location,
            visitor: config?.node ?? ConfigNode(.mapping([]), at: visitors.location),
            protocolName: visitors.text("protocolName")
        )
    }
}
