// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperMQTT

/// A broker's address as a setting; the empty text is as good as none.
struct BrokerText: Decodable {
    /// The address, if one was given.
    var address: BrokerAddress?

    init(from decoder: any Decoder) throws {
        let text = try? decoder.singleValueContainer().decode(String.self)
        guard let text, !text.isEmpty else { return }
        do {
            address = try BrokerAddress(text)
        } catch {
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: error.message)
            throw DecodingError.dataCorrupted(context)
        }
    }
}
