// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Says what a run of bytes means.
enum ValueForm: Hashable, Sendable, CustomStringConvertible {
    /// A whole number of 2…64 bits, in as many bytes as they need.
    case integer(bits: Int, isSigned: Bool)
    /// A whole number of all the bytes, up to 8.
    case anyInteger(isSigned: Bool)
    /// An IEEE 754 number of 4 or 8 bytes, a whole number of any other count up to 8.
    case anyNumber(isSigned: Bool)
    case float32
    case float64
    case sfloat
    case float11073
    /// True when any byte is not zero.
    case truth
    case bit(Int)
    case bitField(BitRun, isSigned: Bool)
    case text
    case wideText
    case bytes
    case hex

    /// How many bytes it takes; `nil` for as many as there are.
    var size: Int? {
        switch self {
        case .integer(let bits, _): (bits + 7) / 8
        case .sfloat: 2
        case .float32, .float11073: 4
        case .float64: 8
        case .anyInteger, .anyNumber, .truth, .bit, .bitField, .text, .wideText, .bytes, .hex: nil
        }
    }

    /// How many bytes it can be made of.
    var sizes: ClosedRange<Int> {
        switch self {
        case .anyInteger, .anyNumber: 1...8
        default: size.map { $0...$0 } ?? 1...CharacteristicFormat.longest
        }
    }

    /// Whether it may have any number of bytes, whatever the device holds now.
    var isText: Bool {
        switch self {
        case .text, .wideText, .bytes, .hex: true
        default: false
        }
    }

    /// The bits of a form that shares its bytes with others; `nil` for other forms.
    var run: BitRun? {
        switch self {
        case .bit(let bit): BitRun(first: bit, count: 1)
        case .bitField(let run, _): run
        default: nil
        }
    }

    /// The name in complaints: `uint16`, `float32`.
    var description: String {
        switch self {
        case .integer(let bits, let isSigned): "\(isSigned ? "" : "u")int\(bits)"
        case .anyInteger(let isSigned): isSigned ? "signed whole number" : "whole number"
        case .anyNumber: "number"
        case .float32: "float32"
        case .float64: "float64"
        case .sfloat: "sfloat"
        case .float11073: "float11073"
        case .truth: "bool"
        case .bit(let bit): "bit \(bit)"
        case .bitField(let run, _): "bits \(run.first)…\(run.first + run.count - 1)"
        case .text: "string"
        case .wideText: "string (UTF-16)"
        case .bytes: "bytes"
        case .hex: "hex"
        }
    }

    /// The form in a sentence: `a uint16`, `an int16`.
    var withArticle: String {
        switch self {
        case .integer(_, isSigned: true): "an \(self)"
        case .bit, .bitField, .bytes, .hex: "\(self)"
        default: "a \(self)"
        }
    }
}
