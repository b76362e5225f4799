// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells what went wrong between driver and device.
public struct DeviceError: Error, Sendable, CustomStringConvertible {
    /// What went wrong, in the terms that decide what happens next.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private enum Value: String, Sendable {
            case unreachable, timedOut, disconnected, rejected, busy, malformedResponse, unsupported, cancelled,
                driverFailure
        }

        private let value: Value

        /// The device or the way to it could not be reached.
        public static let unreachable = Code(value: .unreachable)
        /// The device did not answer in time.
        public static let timedOut = Code(value: .timedOut)
        /// The connection is gone; the session has to be opened again.
        public static let disconnected = Code(value: .disconnected)
        /// The device answered, and the answer is no.
        public static let rejected = Code(value: .rejected)
        /// The device answered that it cannot do it now; nothing was done, and later it may be.
        public static let busy = Code(value: .busy)
        /// The device answered something that is no answer.
        public static let malformedResponse = Code(value: .malformedResponse)
        /// The driver or the device cannot do this at all.
        public static let unsupported = Code(value: .unsupported)
        /// The mapper is stopping.
        public static let cancelled = Code(value: .cancelled)
        /// The driver threw an error of another kind; see the underlying error.
        public static let driverFailure = Code(value: .driverFailure)

        /// The code's name.
        public var description: String { value.rawValue }
    }

    /// What went wrong.
    public var code: Code
    /// The sentence for the log: what was tried, on what, and what came of it.
    public var message: String
    /// The cause, when another error led to this one.
    public var underlyingError: (any Error)?
    /// How long the failed attempt kept other devices from a line they share; `nil` when it kept nobody.
    ///
    /// MapperKit spaces its attempts so that a device which stays away takes less than a hundredth of the line.
    public var lineTime: Duration?

    /// Whether a write that ended so may have been carried out all the same; true unless the device refused, or the
    /// driver knows that nothing was sent.
    ///
    /// A write that may have been carried out is not repeated before the device was read.
    public var mayHaveBeenExecuted: Bool

    /// Creates an error.
    public init(_ code: Code, _ message: String, underlyingError: (any Error)? = nil, lineTime: Duration? = nil) {
        self.lineTime = lineTime
        mayHaveBeenExecuted = ![.rejected, .busy].contains(code)
        self.code = code
        self.message = message
        self.underlyingError = underlyingError
    }

    /// Takes any error of a driver; its own text is kept.
    public init(_ error: any Error) {
        switch error {
        case let error as DeviceError: self = error
        case is CancellationError: self.init(.cancelled, "cancelled", underlyingError: error)
        default: self.init(.driverFailure, String(describing: error), underlyingError: error)
        }
    }

    /// Whether trying again later may help without anybody changing anything.
    public var isTransient: Bool { code != .unsupported }

    /// Whether it shows that the device is not there, as opposed to one that answers and refuses.
    public var meansAbsent: Bool {
        code == .unreachable || code == .timedOut || code == .disconnected
    }

    /// The message.
    public var description: String { message }
}
