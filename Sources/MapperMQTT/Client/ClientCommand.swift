// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Something a task asks of the connection, with the place where it waits for the answer.
enum ClientCommand: Sendable {
    /// What the waiting task is told.
    typealias Answer = CheckedContinuation<Result<Void, MQTTError>, Never>

    case publish(MQTTMessage, Answer)
    case subscribe([String], qos: Int, Answer)
    case unsubscribe([String], Answer)

    /// Tells the waiting task how it went.
    func answer(_ result: Result<Void, MQTTError>) {
        switch self {
        case .publish(_, let answer), .subscribe(_, _, let answer), .unsubscribe(_, let answer):
            answer.resume(returning: result)
        }
    }
}
