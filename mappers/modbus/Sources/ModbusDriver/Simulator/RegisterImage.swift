// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibModbus

/// Owns the four tables of a simulated unit, in the form libmodbus's server answers from.
///
/// Each table reaches from the first to the last address that a property uses; what lies outside is refused.
@safe struct RegisterImage: ~Copyable {
    let pointer: UnsafeMutablePointer<modbus_mapping_t>

    /// Makes tables that hold some spans; `nil` when there is no memory for them.
    init?(_ layouts: [RegisterLayout]) {
        func extent(_ table: RegisterTable) -> AddressSpan {
            let spans = layouts.filter { $0.table == table }.map(\.span)
            guard let first = spans.first else { return AddressSpan(first: 0, count: 0) }
            return spans.dropFirst().reduce(first) { $0.union($1) }
        }
        let (coils, inputs) = (extent(.coil), extent(.discreteInput))
        let (holding, input) = (extent(.holding), extent(.input))
        let mapping = unsafe modbus_mapping_new_start_address(
            CUnsignedInt(coils.first),
            CUnsignedInt(coils.count),
            CUnsignedInt(inputs.first),
            CUnsignedInt(inputs.count),
            CUnsignedInt(holding.first),
            CUnsignedInt(holding.count),
            CUnsignedInt(input.first),
            CUnsignedInt(input.count)
        )
        guard let mapping = unsafe mapping else { return nil }
        unsafe pointer = unsafe mapping
    }

    deinit {
        unsafe modbus_mapping_free(pointer)
    }

    /// Stores what a write carries, also in the tables that no client can write.
    func store(_ write: ModbusRequest, in table: RegisterTable) {
        switch write {
        case .writeCoils(let first, let bits, _): unsafe store(bits.map { $0 ? 1 : 0 }, at: first, in: bitTable(table))
        case .writeRegisters(let first, let values, _): unsafe store(values, at: first, in: registerTable(table))
        case .maskRegister(let address, let and, let or):
            let (values, start, count) = unsafe registerTable(table)
            guard let values = unsafe values, (start..<start + count).contains(CInt(address)) else { return }
            let index = address - Int(start)
            unsafe values[index] = unsafe values[index] & and | or
        default: break
        }
    }

    /// Lets each register hold unit × 4096 + address, modulo 65536, and each bit the parity of that number.
    func identify(as unit: UInt8) {
        func number(_ address: Int) -> UInt16 { UInt16(truncatingIfNeeded: Int(unit) * 4096 + address) }
        for table in RegisterTable.allCases where table.holdsBits {
            let (values, start, count) = unsafe bitTable(table)
            for address in Int(start)..<Int(start + count) {
                unsafe values?[address - Int(start)] = UInt8(number(address).nonzeroBitCount % 2)
            }
        }
        for table in RegisterTable.allCases where !table.holdsBits {
            let (values, start, count) = unsafe registerTable(table)
            for address in Int(start)..<Int(start + count) {
                unsafe values?[address - Int(start)] = number(address)
            }
        }
    }

    private func store<Word>(
        _ words: [Word],
        at first: Int,
        in table: (values: UnsafeMutablePointer<Word>?, start: CInt, count: CInt)
    ) {
        guard let values = unsafe table.values else { return }
        for (offset, word) in words.enumerated() {
            let index = unsafe first + offset - Int(table.start)
            if index >= 0, unsafe index < Int(table.count) { unsafe values[index] = word }
        }
    }

    private func bitTable(
        _ table: RegisterTable
    ) -> (values: UnsafeMutablePointer<UInt8>?, start: CInt, count: CInt) {
        let image = unsafe pointer.pointee
        return unsafe table == .coil
            ? (image.tab_bits, image.start_bits, image.nb_bits)
            : (image.tab_input_bits, image.start_input_bits, image.nb_input_bits)
    }

    private func registerTable(
        _ table: RegisterTable
    ) -> (values: UnsafeMutablePointer<UInt16>?, start: CInt, count: CInt) {
        let image = unsafe pointer.pointee
        return unsafe table == .holding
            ? (image.tab_registers, image.start_registers, image.nb_registers)
            : (image.tab_input_registers, image.start_input_registers, image.nb_input_registers)
    }
}
