// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how registers make up a value: the key `dataType` of a visitor.
///
/// The last four are KubeEdge's own words, which leave the size to `limit`.
public enum RegisterType: String, CaseIterable, Hashable, Sendable, Decodable {
    /// A signed number in one register.
    case int16
    /// An unsigned number in one register.
    case uint16
    /// A signed number in two registers.
    case int32
    /// An unsigned number in two registers.
    case uint32
    /// A signed number in four registers.
    case int64
    /// An unsigned number in four registers; values above 2^63 - 1 cannot be carried further.
    case uint64
    /// An IEEE 754 number in two registers.
    case float32
    /// An IEEE 754 number in four registers.
    case float64
    /// True or false: a coil, or a register that is not zero.
    case bool
    /// One bit of a register; `bit` says which.
    case bit
    /// Text, two bytes of UTF-8 a register.
    case string
    /// Registers as they are.
    case bytes
    /// A whole number of as many registers as `limit` says.
    case int
    /// A number: an integer in one register, IEEE 754 in more.
    case float
    /// As `float`, in four registers unless `limit` says otherwise.
    case double
    /// As `bool`.
    case boolean
}
