// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Every kind of message a mapper or an application receives from EdgeCore.
enum IncomingMessage {
    /// The answer to a report or to a question for a twin; an error where `code` is 400 or more.
    struct TwinResult: Decodable {
        let event_id: String?
        let twin: [String: WireTwin?]?
        let code: Int?
        let reason: String?

        /// The twins that are there.
        var twins: [String: WireTwin] { (twin ?? [:]).compactMapValues { $0 } }
        /// The error's code.
        var failure: Int? { code.flatMap { $0 >= 400 ? $0 : nil } }
    }

    /// The desired values that the twin's reported ones differ from.
    struct Delta: Decodable {
        let twin: [String: WireTwin?]?
        let delta: [String: String]?

        /// The twins that are there.
        var twins: [String: WireTwin] { (twin ?? [:]).compactMapValues { $0 } }
    }

    /// What a change did to the twins it touched.
    struct Document: Decodable {
        struct Change: Decodable {
            let current: WireTwin?
        }

        let twin: [String: Change]?
    }

    /// Devices that joined or left the node.
    struct Membership: Decodable {
        struct Device: Decodable {
            let id: String?
            let name: String?

            /// The device as topics name it.
            var identity: String? { id.flatMap { $0.isEmpty ? nil : $0 } ?? name }
        }

        let added_devices: [Device]?
        let removed_devices: [Device]?
    }

    /// The node's devices.
    struct MembershipList: Decodable {
        let devices: [Membership.Device]?
    }

    /// The word that a device's state was taken.
    struct StateResult: Decodable {
        struct Device: Decodable {
            let state: String?
        }

        let device: Device?
    }

    /// Decodes a message; unknown keys are ignored.
    static func decode<Message: Decodable>(_ type: Message.Type, _ payload: [UInt8]) throws -> Message {
        try JSONDecoder().decode(type, from: Data(payload))
    }
}
