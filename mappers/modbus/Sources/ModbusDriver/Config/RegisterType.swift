// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says how registers make up a value: the key `dataType` of a visitor.
///
/// The last four are KubeEdge's own words, which leave the size to `limit`.
public enum RegisterType: String, CaseIterable, Hashable, Sendable, Decodable {
    /// A signed number in one byte of a register; `byte` says which.
    case int8
    /// An unsigned number in one byte of a register.
    case uint8
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
    /// An unsigned number in four registers; above 2^63 - 1 only float, double and string properties can take it.
    case uint64
    /// An IEEE 754 number of half precision in one register.
    case float16
    /// An IEEE 754 number in two registers.
    case float32
    /// An IEEE 754 number in four registers.
    case float64
    /// True or false: a coil, or a register that is not zero.
    case bool
    /// One bit of a register, or several; `bit` and `bitCount` say which.
    case bit
    /// A number in binary coded decimals: four digits in each of 1, 2 or 4 registers.
    case bcd
    /// Text; `encoding` says how.
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
