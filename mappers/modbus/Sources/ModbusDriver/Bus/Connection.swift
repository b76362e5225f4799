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

    /// What the link went through.
    var notes: LinkNotes {
        switch self {
        case .closed: LinkNotes()
        case .tcp(let link): link.notes
        case .rtu(let link): link.notes
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
