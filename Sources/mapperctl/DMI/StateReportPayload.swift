// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MapperKit

/// What EdgeCore hands to DeviceTwin for a reported state.
struct StateReportPayload: Encodable {
    private enum CodingKeys: String, CodingKey {
        case eventID = "event_id"
        case timestamp, state
    }

    private let eventID = ""
    private let timestamp = SystemClock().timestamp.milliseconds
    private let state: String

    init(state: String) {
        self.state = state
    }

    var bytes: [UInt8] {
        // Texts and a number can always be encoded.
        (try? JSONEncoder().encode(self)).map(Array.init) ?? []
    }
}
