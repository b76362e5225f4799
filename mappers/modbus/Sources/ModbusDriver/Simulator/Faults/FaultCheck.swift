// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Checks the texts of faults against the grammar and the devices that are played.
struct FaultCheck {
    let texts: [String]
    let devices: [DeviceID]

    /// What is wrong, all of it.
    var findings: [Diagnostic] {
        texts.compactMap { text in
            mistake(in: text).map { Diagnostic.error(at: nil, "fault '\(text)': \($0)") }
        }
    }

    private func mistake(in text: String) -> String? {
        do throws(FaultMistake) {
            let fault = try SimulatorFault(text)
            guard let name = fault.device, !devices.contains(where: fault.befalls) else { return nil }
            let known = devices.prefix(8).map(\.description).joined(separator: ", ")
            return "there is no device '\(name)' (\(known)\(devices.count > 8 ? ", …" : "") are there)"
        } catch {
            return error.message
        }
    }
}

extension SimulatorFault {
    /// Whether it is meant for a device.
    func befalls(_ id: DeviceID) -> Bool {
        guard let device else { return true }
        return device == id.name || device == "\(id)"
    }
}
