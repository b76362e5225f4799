// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import CLibMosquitto

/// What libmosquitto's callbacks leave behind for the code that called into the library.
///
/// Everything happens on the connection's thread: the library calls back only from inside a call made there.
@safe final class MosquittoInbox {
    /// An answer of the broker to a packet that carried a number.
    enum Acknowledgement {
        case published(CInt)
        case subscribed(CInt, granted: [CInt])
        case unsubscribed(CInt)
    }

    /// The broker's answer to CONNECT; 0 is yes.
    var connectAnswer: CInt?
    /// Answers since they were last taken.
    var acknowledgements: [Acknowledgement] = []
    /// Messages since they were last taken.
    var messages: [MQTTMessage] = []
    /// The last thing the library itself called an error; it is the only place where TLS says what it minds.
    var lastComplaint: String?

    /// The inbox that a callback was given back.
    static func from(_ context: UnsafeMutableRawPointer?) -> MosquittoInbox? {
        guard let context = unsafe context else { return nil }
        return unsafe Unmanaged<MosquittoInbox>.fromOpaque(context).takeUnretainedValue()
    }

    /// Copies a message out of the library's memory.
    func receive(_ message: mosquitto_message) {
        guard let topic = unsafe message.topic else { return }
        let bytes = unsafe UnsafeRawBufferPointer(start: message.payload, count: Int(max(0, message.payloadlen)))
        messages.append(
            MQTTMessage(
                topic: unsafe String(cString: topic),
                payload: unsafe [UInt8](bytes),
                qos: Int(unsafe message.qos),
                retain: unsafe message.retain
            )
        )
    }
}
