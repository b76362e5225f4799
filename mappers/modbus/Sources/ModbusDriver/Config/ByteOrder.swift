// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says in which order the bytes of a value stand in its registers.
///
/// The letters are the bytes of a 32-bit value, A the most significant; longer and shorter values follow the same rule.
public enum ByteOrder: String, CaseIterable, Hashable, Sendable, Decodable {
    /// As the protocol has it: most significant register and byte first.
    case abcd = "ABCD"
    /// Bytes swapped in each register: KubeEdge's `isSwap`.
    case badc = "BADC"
    /// Least significant register first: KubeEdge's `isRegisterSwap`.
    case cdab = "CDAB"
    /// Both.
    case dcba = "DCBA"

    init(swapsBytes: Bool, swapsRegisters: Bool) {
        switch (swapsBytes, swapsRegisters) {
        case (false, false): self = .abcd
        case (true, false): self = .badc
        case (false, true): self = .cdab
        case (true, true): self = .dcba
        }
    }

    var swapsBytes: Bool { self == .badc || self == .dcba }

    var swapsRegisters: Bool { self == .cdab || self == .dcba }

    /// Brings registers into the protocol's order, or back: the rule is its own inverse.
    func arrange(_ registers: [UInt16]) -> [UInt16] {
        let ordered = swapsRegisters ? registers.reversed() : registers
        return swapsBytes ? ordered.map(\.byteSwapped) : ordered
    }
}
