// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// EdgeCore's word that a device's state was reported.
struct StateMessage: Decodable, Hashable {
    /// The device.
    struct Device: Decodable, Hashable {
        var state: String?
    }

    var device: Device

    /// - Returns: `nil` for a text that is no such message.
    init?(payload: [UInt8]) {
        guard let message = try? JSONDecoder().decode(Self.self, from: Data(payload)) else { return nil }
        self = message
    }
}
