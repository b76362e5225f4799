// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says where a property's value comes from: the key `source` of a visitor.
public enum ValueSource: String, CaseIterable, Hashable, Sendable, Decodable {
    /// A characteristic of the connected device.
    case characteristic
    /// How strongly the device is heard, in dBm.
    case rssi
    /// The charge of its battery, in percent.
    case battery
    /// When it was last heard, in milliseconds since 1970.
    case lastSeen
    /// What it advertises under a manufacturer's number; `companyID` says which.
    case manufacturerData
    /// What it advertises for a service; `serviceDataUUID` says which.
    case serviceData
    /// A value of a beacon's known form; `field` says which.
    case beacon

    /// Whether it gives bytes, which the visitor's other keys make a value of.
    var isOctets: Bool { self == .characteristic || self == .manufacturerData || self == .serviceData }
}
