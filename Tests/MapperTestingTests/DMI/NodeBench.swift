// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI
import MapperKit
import MapperTesting

@testable import mapperctl

/// A node without sockets: each call on a mapper is answered at once.
///
/// A class, so that expectations can speak to it.
final class NodeBench {
    var node: EdgeNode
    /// The calls that were made, and the trouble that was said.
    private(set) var calls: [String] = []
    var requests: [DownstreamRequest] = []
    private(set) var outputs: [DeviceTwin.Output] = []
    private(set) var trouble: [String] = []
    private(set) var crashes: [String] = []
    /// Why every call fails; `nil` when none does.
    var failure: String?
    var now = Duration.zero

    init(_ version: EdgeCoreVersion = DMIServerOptions.defaultVersion, isLimited: Bool = true) {
        var options = DMIServerOptions(socketPath: "/nowhere", version: version)
        options.isLimited = isLimited
        node = options.makeNode()
    }

    func register(_ request: DMIMapperRegisterRequest) -> Result<DMIMapperRegisterResponse, DMIRefusal> {
        let (result, effects) = node.register(request, at: now)
        play(effects)
        return result
    }

    func report(_ request: DMIReportDeviceStatusRequest) -> DMIRefusal? {
        let (result, effects) = node.reportStatus(request, at: now)
        play(effects)
        if case .failure(let refusal) = result { return refusal }
        return nil
    }

    func report(_ request: DMIReportDeviceStatesRequest) -> DMIRefusal? {
        let (result, effects) = node.reportStates(request, at: now)
        play(effects)
        if case .failure(let refusal) = result { return refusal }
        return nil
    }

    func put(_ devices: DeviceInstance...) {
        play(node.settle(DeviceProfile(models: [DMISample.model], devices: devices)))
    }

    func restart() { play(node.restart()) }

    func play(_ effects: [EdgeEffect]) {
        for effect in effects {
            switch effect {
            case .call(let call):
                calls.append(call.request.description)
                requests.append(call.request)
                play(node.callEnded(call, failure))
            case .output(.crash(let reason)): crashes.append(reason)
            case .output(let output): outputs.append(output)
            case .line(.trouble(let text)): trouble.append(text)
            case .asked, .ended, .answer, .line: break
            }
        }
    }

    /// The calls since the last time.
    func takeCalls() -> [String] {
        defer { calls = [] }
        return calls
    }

    /// What went out since the last time.
    func takeOutputs() -> [DeviceTwin.Output] {
        defer { outputs = [] }
        return outputs
    }
}

extension NodeBench {
    func receive(_ topic: String, _ payload: String) {
        play(node.receive(topic: topic, payload: Array(payload.utf8)))
    }

    func receiveMembership(_ content: [UInt8]) {
        play(node.receiveFromCloud(resource: "membership", operation: "update", content: content))
    }

    /// Gives one message of the cloud, without what belongs to it otherwise.
    func take(_ message: CloudMessage) {
        for effect in node.dmi?.take([message]) ?? [] {
            switch effect {
            case .call(let call): play([.call(call)])
            case .line(let line): play([.line(line)])
            case .twin(let topic, let payload): play(node.receive(topic: topic, payload: payload))
            }
        }
    }

    /// The requests to mappers since the last time.
    func takeRequests() -> [DownstreamRequest] {
        defer { requests = [] }
        return requests
    }
}
