// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Describes the whole wanted world of a mapper: all models and devices, with their desired values.
public struct DeviceProfile: Hashable, Sendable {
    /// The device models, each name once.
    public var models: [DeviceModel]
    /// The devices, each identity once, those of other protocols included.
    public var devices: [DeviceInstance]

    /// Creates a profile.
    public init(models: [DeviceModel] = [], devices: [DeviceInstance] = []) {
        self.models = models
        self.devices = devices
    }

    /// The device of an identity.
    public func device(_ id: DeviceID) -> DeviceInstance? {
        devices.first { $0.id == id }
    }
}
