// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperKit

/// A message on its way to the broker, with what it was made of in case it does not arrive.
struct Parcel: Sendable {
    /// What a message was made of.
    enum Content: Hashable, Sendable {
        case report([String: TwinReport.Value])
        case state(DeviceState)
        case telemetry(topic: String, [String: TwinReport.Value])
        case question
    }

    /// Tells parcels apart, also those of the same content on different connections.
    let number: Int
    let device: DeviceID
    let content: Content
    let topic: String
    let message: any Encodable & Sendable

    /// The message's bytes; they take far longer to make than the rest of a parcel.
    var payload: [UInt8] { OutgoingMessage.bytes(message) }
}
