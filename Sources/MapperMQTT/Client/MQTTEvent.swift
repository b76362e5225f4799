// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Something that happened between client and broker, in the order it happened.
package enum MQTTEvent: Sendable, Hashable {
    /// The broker accepted the connection. It knows no subscription yet.
    case connected
    /// The connection is gone or did not come about; said once for each new reason while the client goes on trying.
    case disconnected(MQTTError)
    /// A message arrived.
    case message(MQTTMessage)
}
