// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// One MQTT message, in either direction.
package struct MQTTMessage: Sendable, Hashable {
    /// Where it goes or came from.
    package var topic: String
    /// The content.
    package var payload: [UInt8]
    /// 0, 1 or 2.
    package var qos: Int
    /// Whether the broker keeps it for later subscribers, or had kept it.
    package var retain: Bool

    /// Creates a message.
    package init(topic: String, payload: [UInt8], qos: Int = 1, retain: Bool = false) {
        self.topic = topic
        self.payload = payload
        self.qos = qos
        self.retain = retain
    }
}
