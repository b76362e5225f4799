// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// Holds bytes as a configuration gives them.
struct Octets: Hashable, Sendable {
    var bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }
}

extension Octets: Decodable {
    /// Decodes a list of numbers, as people write it, or base64, which KubeEdge makes of that on the way to a mapper.
    init(from decoder: any Decoder) throws {
        guard let text = try ConfigNode(from: decoder).string else {
            self.init(try decoder.singleValueContainer().decode([UInt8].self))
            return
        }
        // Go always pads; what is not padded was not meant as base64.
        guard text.utf8.count.isMultiple(of: 4), case .bytes(let bytes)? = try? PropertyValue(parsing: text, as: .bytes)
        else {
            throw ConfigText.problem("is '\(text)', needed is a list of bytes such as [1, 255], or base64", decoder)
        }
        self.init(bytes)
    }
}
