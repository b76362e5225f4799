// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// One twin as EdgeCore writes it (`edge/pkg/devicetwin/dttype/types.go`, `MsgTwin`).
struct WireTwin: Decodable, Hashable {
    /// A value with its time.
    struct Value: Decodable, Hashable {
        let value: String?
    }

    /// What is known about the value.
    struct Metadata: Decodable, Hashable {
        let type: String?
    }

    let expected: Value?
    let actual: Value?
    let metadata: Metadata?

    /// The desired value's text; `nil` where nothing is desired, which EdgeCore also writes as an empty text.
    var desired: String? { expected?.value.flatMap { $0.isEmpty ? nil : $0 } }
    /// The twin's type at the edge.
    var type: String? { metadata?.type }
}
