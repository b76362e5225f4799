// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
public import MapperKit

extension ThermostatDriver: DeviceSimulating {
    /// None: the devices are played in their own folders.
    public static var simulationOptions: Set<SimulationOptions.Name> { [] }

    /// Plays thermostats whose temperature follows the setpoint.
    public func simulate(
        _ devices: [Device<ProtocolConfig, VisitorConfig>],
        with options: SimulationOptions,
        ready: @Sendable ([String]) -> Void
    ) async throws {
        let rooms = try devices.map { try SimulatedRoom(folder: $0.config.folder) }
        ready(devices.map { "\($0.id): \($0.config.folder)" })
        while true {
            try await Task.sleep(for: .seconds(1))
            for room in rooms { try room.warmUp() }
        }
    }
}
