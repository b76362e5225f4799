// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says what kind of value a property has, in the words of KubeEdge's DeviceModel.
public enum DataType: String, CaseIterable, Hashable, Sendable, Codable {
    /// A whole number within 64 bits.
    case int
    /// A number of single precision.
    case float
    /// A number of double precision.
    case double
    /// True or false.
    case boolean
    /// Text.
    case string
    /// Raw bytes, as text in base64url without padding.
    case bytes

    /// Whether values of this type can be scaled and have limits.
    public var isNumeric: Bool {
        switch self {
        case .int, .float, .double: true
        case .boolean, .string, .bytes: false
        }
    }

    /// The type a device twin may carry for such values.
    ///
    /// EdgeCore up to v1.14 refuses `double` and `bytes` (`edge/pkg/devicetwin/dtcommon/util.go`).
    public var twinType: String {
        switch self {
        case .int: "int"
        case .float, .double: "float"
        case .boolean: "boolean"
        case .string, .bytes: "string"
        }
    }
}
