// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension DeviceObject {
    func readBeta(into draft: inout DeviceDraft) {
        spec.warnAboutKeys(otherThan: [
            "deviceModelRef", "nodeName", "protocol", "properties", "methods", "stateReport",
        ])
        if let group = spec.section("protocol") {
            group.warnAboutKeys(otherThan: ["protocolName", "configData"])
            draft.protocolName = group.requiredText("protocolName") ?? ""
            let config = group.section("configData")
            DeliveryCheck.warn(about: config, of: spec, from: origin)
            draft.protocolConfig = config?.node ?? ConfigNode(.mapping([]), at: group.location)
        }
        for section in spec.sections("properties") {
            guard let name = section.named("\(section.subject), property").requiredText("name") else { continue }
            readProperty(name, section.named("property '\(name)' of \(section.subject)"), into: &draft)
        }
        draft.methods = spec.sections("methods").compactMap { MethodObject($0).read() }
    }

    private func readProperty(_ name: String, _ section: Section, into draft: inout DeviceDraft) {
        section.warnAboutKeys(otherThan: [
            "name", "desired", "visitors", "collectCycle", "reportCycle", "reportToCloud", "pushMethod",
        ])
        var visit =
            VisitObject(section).readBeta(name, from: origin)
            ?? DeviceDraft.Visit(name: name, visitor: ConfigNode(.mapping([]), at: section.location))
        visit.location = section.place(of: "name")
        visit.collectCycle = CycleUnit.milliseconds.cycle("collectCycle", in: section)
        visit.reportCycle = CycleUnit.milliseconds.cycle("reportCycle", in: section) ?? Property.defaultCycle
        var twin = DeviceDraft.Twin(name: name, location: visit.location)
        if let desired = section.section("desired") { TwinList.read(desired, into: &twin) }
        if section["desired"] != nil { draft.twins.append(twin) }
        let flag = section.flag("reportToCloud")
        // What was asked for from the cloud must be confirmed to it.
        visit.isTwin = flag ?? true || twin.desired != nil
        if twin.desired == nil, flag != true {
            draft.remarks.append(DeviceRemark(flag == nil ? .unsaid : .kept, name, at: visit.location))
        }
        if section["pushMethod"] != nil {
            draft.remarks.append(DeviceRemark(.pushing, name, at: section.place(of: "pushMethod")))
        }
        draft.visits.append(visit)
    }
}
