// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Says where a value is and what its registers mean, with nothing left open.
struct RegisterLayout: Hashable, Sendable {
    var table: RegisterTable
    var span: AddressSpan
    var form: ValueForm
    var order: ByteOrder

    /// A value's place and form in people's words: `a uint16 register`, `2 float32 registers`.
    var place: String {
        if table.holdsBits { return span.count == 1 ? "a \(table.singular)" : "\(span.count) \(table.plural)" }
        switch form {
        case .text, .bytes: return "\(span.count) \(span.count == 1 ? "register" : "registers")"
        case .registerBit: return "\(form) of a register"
        default: return span.count == 1 ? "\(form.article) \(form) register" : "\(span.count) \(form) registers"
        }
    }
}
