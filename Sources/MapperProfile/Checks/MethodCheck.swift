// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Decides which methods of a device can be called, and what they write.
struct MethodCheck {
    let device: DeviceDraft
    /// The properties of the device's model.
    let known: [String: DeviceModel.Property]
    let findings: Findings
    private let declared: Set<String>

    init(_ device: DeviceDraft, known: [String: DeviceModel.Property], _ findings: Findings) {
        self.device = device
        self.known = known
        self.findings = findings
        declared = Set(device.visits.map(\.name))
    }

    /// The methods that write something, each name once.
    func usable() -> [DeviceMethod] {
        var names: Set<String> = []
        return device.methods.compactMap { method in
            guard names.insert(method.name).inserted else {
                complain(at: method.location, "method '\(method.name)' of device '\(device.id)' is given twice")
                return nil
            }
            let properties = properties(of: method)
            guard !properties.isEmpty else { return nil }
            return DeviceMethod(name: method.name, description: method.description, propertyNames: properties)
        }
    }

    private func properties(of method: MethodDraft) -> [String] {
        let subject = "method '\(method.name)' of device '\(device.id)'"
        var names: Set<String> = []
        return method.properties.compactMap { property in
            if let problem = problem(with: property.name) {
                complain(at: property.location, "\(subject): \(problem)")
                return nil
            }
            guard names.insert(property.name).inserted else {
                findings.warning(at: property.location, "\(subject): property '\(property.name)' is named twice")
                return nil
            }
            // What the model does not have, or cannot be used of it, has its complaint already.
            return known[property.name]?.name
        }
    }

    private func problem(with name: String) -> String? {
        guard declared.contains(name) else {
            let suggestion = findings.suggestion(for: name, in: device.visits.map(\.name))
            return "the device has no property '\(name)'\(suggestion)"
        }
        guard known[name]?.accessMode == .readOnly else { return nil }
        return "property '\(name)' is ReadOnly in the device model, so it cannot be written"
    }

    /// What EdgeCore sends is used as far as it goes.
    private func complain(at location: SourceLocation?, _ message: String) {
        switch device.origin {
        case .object: findings.error(at: location, message)
        case .configMap, .edge: findings.warning(at: location, "\(message); it is left out")
        }
    }
}
