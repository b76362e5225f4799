// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Is the number of a manufacturer, as the Bluetooth SIG assigns it: `0x004c`.
struct CompanyID: Hashable, Sendable {
    let value: UInt16

    init(_ value: UInt16) { self.value = value }
}

extension CompanyID: Decodable {
    /// Decodes a whole number, also as text in the form `0x004c`.
    init(from decoder: any Decoder) throws {
        let text = try ConfigNode(from: decoder).string?.lowercased() ?? ""
        guard text.hasPrefix("0x") else {
            self.init(try decoder.singleValueContainer().decode(UInt16.self))
            return
        }
        guard let value = UInt16(text.dropFirst(2), radix: 16) else {
            throw ConfigText.problem("is '\(text)', needed is a company's number such as 0x004c", decoder)
        }
        self.init(value)
    }
}
