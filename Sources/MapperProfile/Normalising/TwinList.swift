// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Reads the entries of the lists of twins and of telemetry, which look alike in profiles and Device objects.
enum TwinList {
    static func twin(_ section: Section) -> DeviceDraft.Twin? {
        guard let name = section.named("\(section.subject), twin").requiredText("propertyName") else { return nil }
        let section = section.named("property '\(name)' of \(section.subject)")
        section.warnAboutKeys(otherThan: ["propertyName", "desired", "reported", "observedDesired"])
        var twin = DeviceDraft.Twin(name: name, location: section.place(of: "propertyName"))
        if let desired = section.section("desired") { read(desired, into: &twin) }
        return twin
    }

    /// Reads a desired value with its metadata; an empty text means that nothing is desired.
    static func read(_ desired: Section, into twin: inout DeviceDraft.Twin) {
        desired.warnAboutKeys(otherThan: ["value", "metadata"])
        if let value = desired.text("value"), !value.isEmpty { twin.desired = value }
        twin.desiredLocation = desired.place(of: "value")
        twin.type = desired.section("metadata")?.text("type")
    }

    static func telemetry(_ section: Section) -> DeviceDraft.Telemetry? {
        guard let name = section.named("\(section.subject), data property").requiredText("propertyName") else {
            return nil
        }
        section.warnAboutKeys(otherThan: ["propertyName", "metadata"])
        return DeviceDraft.Telemetry(name: name, location: section.place(of: "propertyName"))
    }
}
