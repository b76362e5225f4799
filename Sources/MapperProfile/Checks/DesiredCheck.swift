// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Decides what a desired value is worth that comes with its device.
///
/// The running mapper refuses a value it cannot apply, so in what the cloud rewrites at any time such a value is only
/// left out: one device's wrong value must not stop the others. In the user's own files it is an error.
struct DesiredCheck {
    let device: DeviceDraft
    let property: DeviceModel.Property
    let visitor: ConfigNode
    let findings: Findings

    /// The desired value if it can be applied.
    func usable(_ twin: DeviceDraft.Twin) -> String? {
        guard let text = twin.desired else { return nil }
        let subject = "property '\(property.name)' of device '\(device.id)'"
        guard property.accessMode == .readWrite else {
            // Samples and objects written by CloudCore have this: the twin of a sensor with its last value as desired.
            findings.warning(
                at: twin.desiredLocation,
                "\(subject): a desired value for a ReadOnly property is left out"
            )
            return nil
        }
        // Bluetooth visitors give words for values (`dataWrite`), whatever the model's type is.
        if visitor["dataWrite"]?.unfolded[text] != nil { return text }
        do throws(ValueError) {
            try property.range.check(try PropertyValue(parsing: text, as: property.dataType))
        } catch {
            let message = "\(subject): the desired value cannot be applied: \(error.message)"
            switch device.origin {
            case .object: findings.error(at: twin.desiredLocation, message)
            case .configMap, .edge: findings.warning(at: twin.desiredLocation, "\(message); it is left out")
            }
            return nil
        }
        if !TwinCharacters.isValue(text) {
            findings.warning(
                at: twin.desiredLocation,
                "\(subject): EdgeCore cannot carry '\(text.prefix(60))' back as the reported value (up to 512 of the characters a-z A-Z 0-9 - _ . , : / @ # are allowed)"
            )
        }
        return text
    }
}
