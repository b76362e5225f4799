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
    /// DMI is served.
    case serving(socket: String, version: EdgeCoreVersion)
    /// A mapper has made itself known.
    case registered(mapper: String, protocolName: String, address: String, devices: Int)
    /// A mapper asked for something.
    case requested(String, refusal: String?)
    /// A mapper was called.
    case called(String, protocolName: String, failure: String?)
    /// There is nobody to call.
    case unreached(String, protocolName: String)
    /// DeviceTwin has taken something, and there is no broker that would be told.
    case stored(String)
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
        case .serving(let socket, let version): "serving: DMI as EdgeCore \(version) on \(socket)"
        case .registered(let mapper, let protocolName, let address, let devices):
            "mapper '\(mapper)' is called for protocol '\(protocolName)' at \(address); devices: \(devices)"
        case .requested(let request, let refusal): "<- mapper: \(request)\(refusal.map { "; refused: \($0)" } ?? "")"
        case .called(let call, let protocolName, let failure):
            "-> mapper for '\(protocolName)': \(call): \(failure.map { "failed: \($0)" } ?? "OK")"
        case .unreached(let call, let protocolName):
            "-> mapper for '\(protocolName)': \(call): fail to get dmi client of protocol \(protocolName)"
        case .stored(let text): "twin: \(text)"
        case .crash(let reason): "!!! CRASH: \(reason)"
        case .trouble(let text): "! \(text)"
        }
    }

    /// Whether it is said even when the rest is not wanted.
    var isImportant: Bool {
        switch self {
        case .ready, .serving, .crash, .trouble: true
        case .requested(_, let refusal): refusal != nil
        case .called(_, _, let failure): failure != nil
        case .received, .sent, .cloud, .cluster, .registered, .unreached, .stored: false
        }
    }
}
