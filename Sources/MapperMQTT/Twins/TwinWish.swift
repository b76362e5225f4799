// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is an application's message that desires a value.
///
/// A mapper must never send one, so it is no ``OutgoingMessage``.
struct TwinWish: Encodable {
    struct Twin: Encodable {
        struct Expected: Encodable { let value: String }
        struct Metadata: Encodable { let type: String }

        let expected: Expected
        let metadata: Metadata
    }

    let event_id: String
    let timestamp: Int64
    let twin: [String: Twin]
}
