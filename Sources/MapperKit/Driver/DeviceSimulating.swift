// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a driver that can also play its devices, for tests and demonstrations without hardware.
public protocol DeviceSimulating: DeviceDriver {
    /// Serves the devices until the task is cancelled.
    ///
    /// Values move inside the models' limits; what can be written keeps what was written.
    /// - Parameters:
    ///   - devices: The devices to play.
    ///   - port: Where to listen instead of the ports in the devices' configuration; 0 takes any free one.
    ///   - ready: Called once everything can be reached, with one line a device for people.
    /// - Throws: ``DeviceError`` when the devices cannot be served, a port in use for one.
    func simulate(
        _ devices: [Device<ProtocolConfig, VisitorConfig>],
        port: Int?,
        ready: @Sendable ([String]) -> Void
    ) async throws
}
