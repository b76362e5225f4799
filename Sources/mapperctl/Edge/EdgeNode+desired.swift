// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit
import MapperTesting

extension EdgeNode {
    /// Sets desired values of a device as somebody does who edits its object.
    /// - Returns: what that brings about, and at the end an answer.
    mutating func setDesired(_ device: String, _ values: [String: String?]) -> [EdgeEffect] {
        guard let id = present.keys.first(where: { twin.name(of: $0) == device }) else {
            let devices = twin.devices.joined(separator: ", ")
            return [.answer(device: device, reason: "there is no device '\(device)'; there are \(devices)")]
        }
        if dmi != nil { return setDesiredByDMI(id, values) }
        let outputs = twin.setDesired(id, values)
        return outputs.map(EdgeEffect.output) + [.answer(device: device, reason: refusal(of: values, id, outputs))]
    }

    /// The whole device goes to the mapper; EdgeCore looks at nothing in it.
    private mutating func setDesiredByDMI(_ id: DeviceID, _ values: [String: String?]) -> [EdgeEffect] {
        guard let old = present[id] else { return [] }
        var new = old
        for (name, value) in values {
            guard let index = new.properties.firstIndex(where: { $0.name == name }) else {
                let names = old.properties.map(\.name).joined(separator: ", ")
                let reason = "device '\(id)' has no property '\(name)'; it has \(names)"
                return [.answer(device: twin.name(of: id), reason: reason)]
            }
            let text = value ?? ""
            new.properties[index].desired = text.isEmpty ? nil : text
        }
        present[id] = new
        return [.answer(device: twin.name(of: id), reason: nil)] + putToMappers(new, insteadOf: old)
    }

    /// Why the edge did not take desired values, which a real cluster is never told.
    private func refusal(
        of values: [String: String?],
        _ id: DeviceID,
        _ outputs: [DeviceTwin.Output]
    ) -> String? {
        for case .mqtt("$hw/events/device//twin/update/result", let payload) in outputs {
            let reason = TwinMessage(payload: Array(payload.utf8))?.reason ?? payload
            return "\(reason) (EdgeCore takes letters, digits and - _ . , : / @ #, at most 512; it refuses all desired "
                + "values of the device as long as one of them has others)"
        }
        for (name, value) in values {
            let desired = twin.values(of: name, id).desired ?? ""
            if desired != value ?? "" {
                return "the edge keeps '\(desired)' for '\(name)': another type, or a mapper has reported 'expected'"
            }
        }
        return nil
    }
}
