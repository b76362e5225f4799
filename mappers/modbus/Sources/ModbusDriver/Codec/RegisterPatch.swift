// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is a change of some bits of holding registers that leaves those of their neighbours alone.
struct RegisterPatch: Hashable, Sendable {
    let span: AddressSpan
    /// The bits that stay, register by register.
    let kept: [UInt16]
    /// The bits that become 1.
    let set: [UInt16]
    /// Whether a unit may be asked to do it by itself, with ``maskWrites``; else it is read, changed and written.
    let allowsMaskWrite: Bool
    /// Whether even one register is written with function 16.
    let writesList: Bool

    /// One request of function 22 a register; only one does it in one go.
    var maskWrites: [ModbusRequest] {
        zip(kept, set).enumerated().map { index, masks in
            .maskRegister(span.first + index, and: masks.0, or: masks.1)
        }
    }

    /// What to write where the registers of the span were read.
    func write(over registers: [UInt16]) -> ModbusRequest {
        let changed = zip(registers, zip(kept, set)).map { $0 & $1.0 | $1.1 }
        return .writeRegisters(first: span.first, changed, asList: writesList)
    }
}
