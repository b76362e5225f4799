// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Checks the texts of faults against the grammar and the devices that are played.
struct FaultCheck {
    let texts: [String]
    let devices: [Device<BluetoothConnection, BluetoothVisitor>]

    /// What is wrong, all of it.
    var findings: [Diagnostic] {
        texts.compactMap { text in mistake(in: text).map { Diagnostic.error(at: nil, "fault '\(text)': \($0)") } }
    }

    private func mistake(in text: String) -> String? {
        do throws(FaultMistake) {
            let fault = try SimulatorFault(text)
            let befallen = devices.filter { fault.befalls($0.id) }
            if let name = fault.device, befallen.isEmpty {
                let known = devices.prefix(8).map(\.id.description).joined(separator: ", ")
                return "there is no device '\(name)' (\(known)\(devices.count > 8 ? ", …" : "") are there)"
            }
            guard case .error(let uuid, _) = fault.effect else { return nil }
            let isThere = befallen.contains { device in
                device.visitors.contains { $0.config.place?.characteristic == uuid }
            }
            return isThere ? nil : "no property of \(fault.device ?? "any device") is in characteristic \(uuid)"
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
