// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells what went wrong between this process and the MQTT broker.
public struct MQTTError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong, in the terms that decide what happens next.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String, Sendable {
            case invalidConfiguration, unreachable, timedOut, connectionRefused, tls, connectionLost, notConnected
            case subscriptionRefused, invalidMessage, stopped, systemFailure
        }

        private let value: Value

        /// The address, a certificate file or another setting cannot be used.
        public static let invalidConfiguration = Code(value: .invalidConfiguration)
        /// Nothing answers at the broker's address.
        public static let unreachable = Code(value: .unreachable)
        /// The broker took too long.
        public static let timedOut = Code(value: .timedOut)
        /// The broker answered and refused the connection.
        public static let connectionRefused = Code(value: .connectionRefused)
        /// The two sides could not agree on a secure connection.
        public static let tls = Code(value: .tls)
        /// A connection that stood is gone.
        public static let connectionLost = Code(value: .connectionLost)
        /// There is no connection at the moment.
        public static let notConnected = Code(value: .notConnected)
        /// The broker refused a subscription.
        public static let subscriptionRefused = Code(value: .subscriptionRefused)
        /// MQTT cannot carry such a topic or payload.
        public static let invalidMessage = Code(value: .invalidMessage)
        /// The client was stopped.
        public static let stopped = Code(value: .stopped)
        /// The system has no memory, thread or file descriptor left.
        public static let systemFailure = Code(value: .systemFailure)

        /// The code's name.
        public var description: String { value.rawValue }
    }

    /// What went wrong.
    public var code: Code
    /// The sentence for the log: what was tried, with whom, and what came of it.
    public var message: String

    /// Creates an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// Whether the next connection repeats what failed, and may well succeed.
    var isOverWithTheConnection: Bool {
        [.notConnected, .connectionLost, .stopped, .timedOut].contains(code)
    }

    /// The message.
    public var description: String { message }
}
