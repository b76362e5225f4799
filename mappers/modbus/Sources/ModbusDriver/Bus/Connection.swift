// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Is the link of a bus, or none.
enum Connection: ~Copyable {
    case closed
    case tcp(TCPLink)
    case serial(SerialLink)

    var isClosed: Bool {
        switch self {
        case .closed: true
        case .tcp: false
        case .serial: false
        }
    }

    /// Whether it must not be used any more.
    var isCondemned: Bool {
        switch self {
        case .closed: false
        case .tcp(let link): link.isCondemned
        case .serial(let link): link.isCondemned
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
        case .serial(var link):
            let outcome = Self.outcome(of: &link, transaction)
            self = .serial(link)
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
