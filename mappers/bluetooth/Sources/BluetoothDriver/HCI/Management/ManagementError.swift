// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Tells why something could not be done on the control channel.
enum ManagementError: Error, Hashable, Sendable {
    /// The channel cannot be opened.
    case unavailable(BluetoothErrno)
    /// The kernel said no.
    case refused(MGMTCommand, index: UInt16, MGMTStatus)
    /// No answer came in time.
    case timedOut(MGMTCommand, index: UInt16, Duration)
    /// The answer does not have the form it should have.
    case malformed(MGMTCommand, index: UInt16)
    /// The command could not be sent.
    case notSent(MGMTCommand, BluetoothErrno)
    /// The channel is closed.
    case closed
    /// The caller does not want the answer any more.
    case cancelled
    /// No adapter is known by this name or address.
    case noSuchAdapter(String, known: [String])
    /// The adapter is of no use to a mapper.
    case unsuitable(String)

    /// What the kernel answered, when that is the reason.
    var status: MGMTStatus? {
        if case .refused(_, _, let status) = self { status } else { nil }
    }

    /// Whether a new channel is needed.
    var endsChannel: Bool {
        switch self {
        case .closed, .unavailable, .notSent: true
        default: false
        }
    }

    /// Whether trying again later may help without anybody changing anything.
    var isTransient: Bool {
        switch self {
        case .refused(_, _, let status): status.isTransient
        case .unavailable(let error), .notSent(_, let error): error.isTransient
        case .timedOut, .malformed, .closed, .noSuchAdapter: true
        case .cancelled, .unsuitable: false
        }
    }
}

extension ManagementError: CustomStringConvertible {
    var description: String {
        switch self {
        case .unavailable(let error): "the Bluetooth control channel cannot be opened: \(error)"
        case .refused(let command, let index, let status): "\(Self.adapter(index))cannot \(command): \(status)"
        case .timedOut(let command, let index, let time):
            "\(Self.adapter(index))cannot \(command): no answer within \(time); the controller may hang, "
                + "switching the adapter off and on or plugging it in again may help"
        case .malformed(let command, let index): "\(Self.adapter(index))cannot \(command): the answer is unreadable"
        case .notSent(let command, let error): "cannot \(command): \(error)"
        case .closed: "the Bluetooth control channel is closed"
        case .cancelled: "cancelled"
        case .noSuchAdapter(let name, let known):
            "there is no adapter \(name); " + (known.isEmpty ? "there is none at all" : known.joined(separator: ", "))
        case .unsuitable(let reason): reason
        }
    }

    private static func adapter(_ index: UInt16) -> String {
        index == MGMTPacket.noIndex ? "" : "hci\(index): "
    }
}
