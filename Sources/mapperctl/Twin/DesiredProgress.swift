// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Follows a desired value on its way: accepted by the edge, then reported by the device.
struct DesiredProgress: Hashable, Sendable {
    /// How it ended.
    enum Outcome: Hashable, Sendable {
        /// The device reports the value.
        case reported
        /// The edge did not take it.
        case refused(String)
        /// The edge took it, and the device reports something else.
        case pending(reported: String?)
        /// There is no edge.
        case unanswered
    }

    /// A step on the way, for people.
    enum Step: Hashable, Sendable, CustomStringConvertible {
        case accepted
        case reported(String)

        var description: String {
            switch self {
            case .accepted: "accepted"
            case .reported(let value): "reported '\(value)'"
            }
        }
    }

    let device: String
    let property: String
    let value: String
    private var isAccepted = false
    private var refusal: String?
    private var reported: String?

    init(device: String, property: String, value: String) {
        self.device = device
        self.property = property
        self.value = value
    }

    /// Where news come from.
    var topics: [String] {
        let topic = TwinTopic(device: device)
        return [ControlTopic.answer(device), topic.document, topic.getResult]
    }

    /// Whether the edge has said whether it takes the value.
    var isAnswered: Bool { isAccepted || refusal != nil }

    var isFinished: Bool { refusal != nil || outcome == .reported }

    var outcome: Outcome {
        if let refusal { return .refused(refusal) }
        guard isAccepted else { return .unanswered }
        // Nothing desired is reached as soon as it is accepted.
        return reported == value || value.isEmpty ? .reported : .pending(reported: reported)
    }

    /// Takes a message.
    /// - Returns: the steps it means.
    mutating func take(_ topic: String, _ payload: [UInt8]) -> [Step] {
        let twin = TwinTopic(device: device)
        switch topic {
        case ControlTopic.answer(device):
            guard !isAnswered, let answer = ControlTopic.answer(in: payload) else { return [] }
            refusal = answer.reason
            isAccepted = answer.reason == nil
            return isAccepted ? [.accepted] : []
        case twin.document: return see(TwinDocument(payload: payload)?.twin[property]?.current)
        case twin.getResult: return see(TwinMessage(payload: payload)?.twin?[property])
        default: return []
        }
    }

    private mutating func see(_ twin: TwinMessage.Twin?) -> [Step] {
        guard let actual = twin?.actual?.value, actual != reported else { return [] }
        reported = actual
        return [.reported(actual)]
    }
}
