// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Checks whether devices can be played as is asked for.
struct SimulationCheck {
    let options: SimulationOptions
    let devices: [Device<BluetoothConnection, BluetoothVisitor>]

    /// What is wrong, and what is doubtful, all of it.
    var findings: [Diagnostic] {
        strangers + FaultCheck(texts: options.faults, devices: devices).findings
            + devices.flatMap { ProfilePeripheral($0, seed: options.seed ?? 0).findings + places(of: $0) }
    }

    /// Options that mean nothing here.
    private var strangers: [Diagnostic] {
        let all: [(isGiven: Bool, message: String)] = [
            (
                options.port != nil,
                "'--port': Bluetooth has no ports, the profile's 'adapter' says where devices are played (hci0, or the "
                    + "path of a Unix socket)"
            ),
            (options.isPaced, "'--pace': Bluetooth devices are played at no certain speed"),
            (options.requestLog != nil, "'--request-log': Bluetooth devices log no requests"),
            (options.identifiesPlaces, "'--identify': Bluetooth devices number no places"),
        ]
        return all.filter(\.isGiven).map { .error(at: nil, $0.message) }
    }

    /// A virtual adapter gets a name of the kernel's choice, and no certain address.
    private func places(of device: Device<BluetoothConnection, BluetoothVisitor>) -> [Diagnostic] {
        guard !device.config.adapter.hasPrefix("/"), BluetoothAddress(device.config.adapter) != nil else { return [] }
        let message = "'adapter' is an address, but devices are played at a name such as hci0, or at a path"
        return [.error(at: device.location(of: "adapter"), "device '\(device.id)': \(message)")]
    }
}
