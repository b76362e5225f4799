// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says whether the cloud may set a property, in the words of KubeEdge's DeviceModel.
public enum AccessMode: String, CaseIterable, Hashable, Sendable, Codable {
    /// The device alone decides the value.
    case readOnly = "ReadOnly"
    /// The cloud may ask for a value.
    case readWrite = "ReadWrite"
}
