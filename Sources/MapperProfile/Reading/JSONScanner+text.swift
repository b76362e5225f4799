// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

extension JSONScanner {
    /// Reads a text in double quotes.
    mutating func text() throws(ConfigurationError) -> String {
        let text: JSONText
        do {
            text = try JSONText(bytes, from: index)
        } catch {
            while index < error.index { advance() }
            throw problem("not valid JSON: \(error.message)")
        }
        while index < text.end { advance() }
        return text.string
    }
}
