// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MapperMQTT

/// Asks the edge for a device's twins.
struct TwinQuestion {
    let session: BrokerSession
    let topic: TwinTopic
    let timeout: Duration

    /// Asks, and waits for the answer to this very question.
    /// - Throws: `ExitCode` after a complaint, when nobody answers or the device is not known.
    func ask() async throws -> TwinMessage {
        try await session.subscribe([topic.getResult])
        let eventID = UUID().uuidString
        let header = ["event_id": eventID]
        try await session.publish(topic.get, Array(try JSONEncoder().encode(header)))
        let answer = await Limit.run(timeout) { [session, topic] () -> TwinMessage? in
            for await message in session.messages() where message.topic == topic.getResult {
                if let answer = TwinMessage(payload: message.payload), answer.eventID == eventID { return answer }
            }
            return nil
        }
        guard let answer = answer ?? nil else {
            throw ExitStatus.unavailable.exit(
                "nobody answers \(topic.get) within \(timeout): is an edge running on this broker, and does it know "
                    + "the device? (From KubeEdge v1.16.2 on a device is named NAMESPACE/NAME.)"
            )
        }
        if let code = answer.code { throw ExitStatus.refused.exit("\(answer.reason ?? "refused") (\(code))") }
        return answer
    }
}
