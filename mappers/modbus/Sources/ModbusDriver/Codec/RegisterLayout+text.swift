// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension RegisterLayout {
    /// The registers, in the protocol's order, that hold a text and nothing else.
    /// - Throws: ``ValueError`` for a text that is too long, or would be read back as another one.
    func text(_ text: String, _ encoding: TextEncoding, _ padding: TextPadding) throws(ValueError) -> [UInt16] {
        guard !text.unicodeScalars.contains("\0"), text.unicodeScalars.last != " " else {
            throw ValueError(.notRepresentable, "text with NUL, or a space at its end, cannot be stored in \(place)")
        }
        let filler: UInt8 = padding == .nul ? 0 : 0x20
        if encoding == .utf16 {
            let units = Array(text.utf16)
            try check(units.count * 2)
            return units + Array(repeating: UInt16(filler), count: span.count - units.count)
        }
        let bytes = try bytes(of: text, encoding)
        try check(bytes.count)
        return join(bytes + Array(repeating: filler, count: span.count * 2 - bytes.count))
    }

    /// Bytes as registers, the first byte of two the most significant.
    func join(_ bytes: [UInt8]) -> [UInt16] {
        stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    }

    private func bytes(of text: String, _ encoding: TextEncoding) throws(ValueError) -> [UInt8] {
        if encoding == .utf8 { return Array(text.utf8) }
        let limit: UInt32 = encoding == .ascii ? 0x7F : 0xFF
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            guard scalar.value <= limit else {
                throw ValueError(.notRepresentable, "\(encoding.name) in \(place) has no character '\(scalar)'")
            }
            bytes.append(UInt8(scalar.value))
        }
        return bytes
    }

    private func check(_ count: Int) throws(ValueError) {
        guard count <= span.count * 2 else {
            throw ValueError(.outOfRange, "a text of \(count) bytes does not fit \(place)")
        }
    }
}
