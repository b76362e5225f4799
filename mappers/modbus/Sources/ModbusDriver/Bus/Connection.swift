// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the link of a bus, or none.
enum Connection: ~Copyable {
    case closed
    case tcp(TCPLink)
    case rtu(RTULink)

    var isClosed: Bool {
        switch self {
        case .closed: true
        case .tcp: false
        case .rtu: false
        }
    }

    /// Whether it must not be used any more.
    var isCondemned: Bool {
        switch self {
        case .closed: false
        case .tcp(let link): link.isCondemned
        case .rtu(let link): link.isCondemned
        }
    }

    /// Whether anything of the last request may have left.
    var hasSent: Bool {
        switch self {
        case .closed: false
        case .tcp(let link): link.hasSent
        case .rtu(let link): link.hasSent
        }
    }

    /// Bytes that were thrown away since the connection came about.
    var drainedBytes: Int {
        switch self {
        case .closed: 0
        case .tcp(let link): link.drainedBytes
        case .rtu(let link): link.drainedBytes
        }
    }

    /// The socket that may be shut down to end a transaction.
    var socket: CInt? {
        switch self {
        case .closed: nil
        case .tcp(let link): link.descriptor
        case .rtu: nil
        }
    }

    /// What the line is known for, where there is one.
    var lineState: LineState? {
        switch self {
        case .closed: nil
        case .tcp: nil
        case .rtu(let link): link.state
        }
    }

    /// Does a transaction on the link.
    mutating func exchange(_ transaction: Transaction) -> Result<ModbusAnswer, BusFault> {
        switch consume self {
        case .closed:
            self = .closed
            return .failure(.disconnected("there is no connection"))
        case .tcp(var link):
            let outcome = Self.outcome(of: &link, transaction)
            self = .tcp(link)
            return outcome
        case .rtu(var link):
            let outcome = Self.outcome(of: &link, transaction)
            self = .rtu(link)
            return outcome
        }
    }

    private static func outcome(
        of link: inout some Link & ~Copyable,
        _ transaction: Transaction
    ) -> Result<ModbusAnswer, BusFault> {
        do throws(BusFault) {
            return .success(try link.exchange(transaction))
        } catch {
            return .failure(error)
        }
    }
}
