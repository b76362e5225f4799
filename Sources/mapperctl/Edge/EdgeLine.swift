// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperTesting

/// One event of the developer's edge, for people.
enum EdgeLine: Hashable, Sendable, CustomStringConvertible {
    /// The broker answers and everything is subscribed to.
    case ready(node: String, version: EdgeCoreVersion, devices: [String])
    /// A message came.
    case received(topic: String, payload: String)
    /// A message goes out.
    case sent(topic: String, payload: String)
    /// A message would go to the cloud.
    case cloud(resource: String, payload: String)
    /// Somebody used `mapperctl twin set`.
    case cluster(device: String, payload: String)
    /// A message would have stopped twin processing.
    case crash(String)
    /// The broker, or something else outside, does not play along.
    case trouble(String)

    var description: String {
        switch self {
        case .ready(let node, let version, let devices):
            "ready: \(node) as EdgeCore \(version) with \(devices.isEmpty ? "no device" : devices.joined(separator: ", "))"
        case .received(let topic, let payload): "<- \(topic) \(payload)"
        case .sent(let topic, let payload): "-> \(topic) \(payload)"
        case .cloud(let resource, let payload): "-> cloud: \(resource) \(payload)"
        case .cluster(let device, let payload): "<- cluster: desired of \(device) \(payload)"
        case .crash(let reason): "!!! CRASH: \(reason)"
        case .trouble(let text): "! \(text)"
        }
    }

    /// Whether it is said even when the rest is not wanted.
    var isImportant: Bool {
        switch self {
        case .ready, .crash, .trouble: true
        case .received, .sent, .cloud, .cluster: false
        }
    }
}
