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
            draft.protocolConfig =
                group.section("configData")?.node ?? ConfigNode(.mapping([]), at: group.location)
        }
        var notes = Notes()
        for section in spec.sections("properties") {
            guard let name = section.named("\(section.subject), property").requiredText("name") else { continue }
            readProperty(name, section.named("property '\(name)' of \(section.subject)"), into: &draft, &notes)
        }
        notes.warn(in: spec)
    }

    private func readProperty(_ name: String, _ section: Section, into draft: inout DeviceDraft, _ notes: inout Notes) {
        section.warnAboutKeys(otherThan: [
            "name", "desired", "visitors", "collectCycle", "reportCycle", "reportToCloud", "pushMethod",
        ])
        var visit =
            VisitObject(section).readBeta(name)
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
        if flag == nil, twin.desired == nil { notes.unsaid.append((name, visit.location)) }
        if flag == false, twin.desired == nil { notes.kept.append((name, visit.location)) }
        if section["pushMethod"] != nil { notes.pushing.append((name, section.place(of: "pushMethod"))) }
        draft.visits.append(visit)
    }

    /// What is worth one warning for a device, however many of its properties it concerns.
    private struct Notes {
        typealias Mention = (name: String, location: SourceLocation?)

        /// Without `reportToCloud` and without a desired value.
        var unsaid: [Mention] = []
        /// With `reportToCloud: false`.
        var kept: [Mention] = []
        /// With a push method.
        var pushing: [Mention] = []

        func warn(in section: Section) {
            if let first = unsaid.first {
                section.warning(
                    at: first.location,
                    "no 'reportToCloud' at \(Self.list(unsaid)): reported all the same, although KubeEdge's own mappers would not; write true or false to say which you mean"
                )
            }
            if let first = kept.first {
                section.warning(
                    at: first.location,
                    "'reportToCloud' is false at \(Self.list(kept)): read, but reported to nobody"
                )
            }
            if let first = pushing.first {
                section.warning(
                    at: first.location,
                    "'pushMethod' at \(Self.list(pushing)): not supported yet, values go to the twin only"
                )
            }
        }

        private static func list(_ mentions: [Mention]) -> String {
            let names = mentions.prefix(5).map { "'\($0.name)'" }.joined(separator: ", ")
            return mentions.count > 5 ? "\(names) and \(mentions.count - 5) more" : names
        }
    }
}
