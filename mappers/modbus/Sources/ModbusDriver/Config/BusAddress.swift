// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

/// Names a bus: what all devices of one line or one gateway share.
enum BusAddress: Hashable, Sendable, CustomStringConvertible {
    case tcp(host: String, port: Int)
    case serial(SerialLine)

    /// As people write it: `10.0.0.5:502`, `[::1]:502`, `/dev/ttyS0`.
    var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .serial(let line): line.path
        }
    }

    /// What two devices must have in common to share a bus, the line's settings apart.
    var key: String {
        switch self {
        case .tcp(let host, let port): "tcp \(host.lowercased()) \(port)"
        case .serial(let line): "serial \(line.path)"
        }
    }

    /// How long frames take on the way to the units.
    var lineTime: LineTime {
        switch self {
        case .tcp: .none
        case .serial(let line): LineTime(line.settings)
        }
    }
}

/// Names a serial line and how to talk on it.
struct SerialLine: Hashable, Sendable {
    var path: String
    var settings: SerialSettings
}
