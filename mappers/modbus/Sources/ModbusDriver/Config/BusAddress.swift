// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names a bus: what all devices of one line or one gateway share.
enum BusAddress: Hashable, Sendable, CustomStringConvertible {
    case tcp(host: String, port: Int)
    /// A serial device server that passes bytes between a connection and its line.
    case rtuOverTCP(host: String, port: Int, settings: SerialSettings)
    case serial(SerialLine)

    /// As people write it: `10.0.0.5:502`, `[::1]:502`, `/dev/ttyS0`.
    var description: String {
        switch self {
        case .tcp(let host, let port), .rtuOverTCP(let host, let port, _):
            host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .serial(let line): line.path
        }
    }

    /// What two devices must have in common to share a bus, the line's settings apart.
    ///
    /// A host is compared as it is written, in lower case: what a name means may change while the mapper runs.
    var key: String {
        switch self {
        case .tcp(let host, let port), .rtuOverTCP(let host, let port, _): "tcp \(HostName.canonical(host)) \(port)"
        case .serial(let line): "serial \(line.path)"
        }
    }

    /// How characters travel on the line, where there is one.
    var settings: SerialSettings? {
        switch self {
        case .tcp: nil
        case .rtuOverTCP(_, _, let settings): settings
        case .serial(let line): line.settings
        }
    }

    /// How long frames take on the way to the units.
    var lineTime: LineTime { settings.map(LineTime.init) ?? .none }

    /// Whether an answer says which request it belongs to.
    var tellsAnswersApart: Bool {
        if case .tcp = self { true } else { false }
    }

    /// Whether a device that says this can join a bus that was opened as the other.
    func isCompatible(with other: BusAddress) -> Bool {
        switch (self, other) {
        case (.tcp, .tcp): key == other.key
        case (.rtuOverTCP(_, _, let a), .rtuOverTCP(_, _, let b)): key == other.key && a == b
        default: self == other
        }
    }
}

/// Names a serial line and how to talk on it.
struct SerialLine: Hashable, Sendable {
    var path: String
    var settings: SerialSettings
}
