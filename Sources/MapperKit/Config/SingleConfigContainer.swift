// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Makes a scalar out of a node, or a stand-in after a complaint.
struct SingleConfigContainer: SingleValueDecodingContainer {
    let decoder: ConfigNodeDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { decoder.node.isNull }

    func decode(_ type: Bool.Type) throws -> Bool {
        switch decoder.node.scalarText {
        case "true": return true
        case "false": return false
        default:
            decoder.complain(expected: "true or false")
            return false
        }
    }

    func decode(_ type: String.Type) throws -> String {
        if let text = decoder.node.scalarText { return text }
        decoder.complain(expected: "text")
        return ""
    }

    func decode(_ type: Double.Type) throws -> Double {
        switch decoder.node.content {
        case .int(let value): return Double(value)
        case .double(let value): return value
        case .string(let text):
            if let value = Double(text), value.isFinite { return value }
        default: break
        }
        decoder.complain(expected: "a number")
        // Not 0: whoever divides by a stand-in must not stumble.
        return 1
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int.Type) throws -> Int { integer() }
    func decode(_ type: Int8.Type) throws -> Int8 { integer() }
    func decode(_ type: Int16.Type) throws -> Int16 { integer() }
    func decode(_ type: Int32.Type) throws -> Int32 { integer() }
    func decode(_ type: Int64.Type) throws -> Int64 { integer() }
    func decode(_ type: UInt.Type) throws -> UInt { integer() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { integer() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { integer() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { integer() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { integer() }

    func decode<T: Decodable>(_ type: T.Type) throws -> T {
        if let value = decoder.value(of: type) { return value }
        throw ConfigNode.NoStandIn()
    }

    private func integer<Integer: FixedWidthInteger>() -> Integer {
        let whole: Int64? =
            switch decoder.node.content {
            case .int(let value): value
            case .double(let value): Int64(exactly: value)
            case .string(let text): Int64(text)
            default: nil
            }
        if let whole, let value = Integer(exactly: whole) { return value }
        if whole != nil {
            decoder.complain("\(decoder.label) is \(decoder.node.briefly), allowed is \(Integer.min)…\(Integer.max)")
        } else {
            decoder.complain(expected: "a whole number")
        }
        return 1
    }
}
