// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names one of the four tables of a Modbus device, in KubeEdge's words.
public enum RegisterTable: String, CaseIterable, Hashable, Sendable, Decodable {
    /// Single bits that can be written.
    case coil = "CoilRegister"
    /// Single bits that only the device sets.
    case discreteInput = "DiscreteInputRegister"
    /// Registers of 16 bits that only the device sets.
    case input = "InputRegister"
    /// Registers of 16 bits that can be written.
    case holding = "HoldingRegister"

    /// Whether an address holds one bit and not 16.
    public var holdsBits: Bool { self == .coil || self == .discreteInput }

    /// Whether the protocol has a request that writes the table.
    public var isWritable: Bool { self == .coil || self == .holding }

    /// What people call the things in the table.
    var plural: String {
        switch self {
        case .coil: "coils"
        case .discreteInput: "discrete inputs"
        case .input: "input registers"
        case .holding: "holding registers"
        }
    }

    /// What people call one thing of the table.
    var singular: String { String(plural.dropLast()) }
}
