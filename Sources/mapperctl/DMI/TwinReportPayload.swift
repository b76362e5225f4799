// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MapperDMI
import MapperKit

/// What EdgeCore hands to DeviceTwin for one twin of a report; the mapper's metadata are left behind.
struct TwinReportPayload: Encodable {
    private struct Side: Encodable {
        var value: String
    }

    private struct Twin: Encodable {
        var expected: Side
        var actual: Side
    }

    private enum CodingKeys: String, CodingKey {
        case eventID = "event_id"
        case timestamp, twin
    }

    private let eventID = ""
    private let timestamp = SystemClock().timestamp.milliseconds
    private let twin: [String: Twin]

    init(_ twin: DMITwin) {
        let sides = Twin(expected: Side(value: twin.observedDesired.value), actual: Side(value: twin.reported.value))
        self.twin = [twin.propertyName: sides]
    }

    var bytes: [UInt8] {
        // Texts and a number can always be encoded.
        (try? JSONEncoder().encode(self)).map(Array.init) ?? []
    }
}
