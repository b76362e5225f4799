// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI
import MapperKit
import MapperTesting

/// What a node with DMI does.
extension EdgeNode {
    /// A mapper makes itself known.
    mutating func register(
        _ request: DMIMapperRegisterRequest,
        at now: Duration
    ) -> (Result<DMIMapperRegisterResponse, DMIRefusal>, [EdgeEffect]) {
        guard let answer = dmi?.register(request, at: now) else { return Self.noDMI() }
        return conclude(answer, .register(request))
    }

    /// A mapper reports values.
    mutating func reportStatus(
        _ request: DMIReportDeviceStatusRequest,
        at now: Duration
    ) -> (Result<DMIReportDeviceStatusResponse, DMIRefusal>, [EdgeEffect]) {
        guard let answer = dmi?.reportStatus(request, at: now) else { return Self.noDMI() }
        var (result, effects) = conclude(answer, .reportStatus(request))
        let isStored = effects.contains { if case .output(.cloud) = $0 { true } else { false } }
        if isStored, let id = dmi?.version.id(request.deviceName, request.deviceNamespace) {
            effects += apply(dmi?.echo(id, models: models) ?? [])
        }
        return (result, effects)
    }

    /// A mapper reports a device's state.
    mutating func reportStates(
        _ request: DMIReportDeviceStatesRequest,
        at now: Duration
    ) -> (Result<DMIReportDeviceStatesResponse, DMIRefusal>, [EdgeEffect]) {
        guard let answer = dmi?.reportStates(request, at: now) else { return Self.noDMI() }
        return conclude(answer, .reportStates(request))
    }

    /// A mapper has answered a call, or not.
    mutating func callEnded(_ call: DownstreamCall, _ failure: String?) -> [EdgeEffect] {
        [.ended(call, failure: failure)] + apply(dmi?.callEnded(call.id, failure) ?? [])
    }

    /// The cloud tells the node about a device: first the model, if it is new here, then the device.
    mutating func putToMappers(_ device: DeviceInstance, insteadOf old: DeviceInstance?) -> [EdgeEffect] {
        guard let version = dmi?.version else { return [] }
        let new = CachedDevice(device, version)
        let before = old.map { CachedDevice($0, version) }
        guard new != before else { return [] }
        var messages: [CloudMessage] = []
        if let model = model(of: new, version) {
            let isNew = before == nil && !isUsed(new.modelID, besides: device.id, version)
            if isNew { messages.append(.insertModel(model)) }
            if before != nil { messages.append(.updateModel(model)) }
        }
        messages.append(before == nil ? .insertDevice(new) : .updateDevice(new))
        return apply(dmi?.take(messages) ?? [])
    }

    /// The cloud takes a device from the node: first the model, if nobody needs it any more, then the device.
    mutating func removeFromMappers(_ device: DeviceInstance) -> [EdgeEffect] {
        guard let version = dmi?.version else { return [] }
        let old = CachedDevice(device, version)
        var messages: [CloudMessage] = []
        if !isUsed(old.modelID, besides: device.id, version) { messages.append(.removeModel(old.modelID)) }
        messages.append(.removeDevice(old.id))
        return apply(dmi?.take(messages) ?? [])
    }

    /// The cloud has forgotten what it told the node, and tells it again.
    mutating func insertAgain() -> [EdgeEffect] {
        guard let version = dmi?.version else { return [] }
        var told: Set<DeviceID> = []
        var messages: [CloudMessage] = []
        for device in present.values.sorted(by: { $0.id < $1.id }) {
            let device = CachedDevice(device, version)
            if told.insert(device.modelID).inserted, let model = model(of: device, version) {
                messages.append(.insertModel(model))
            }
            messages.append(.insertDevice(device))
        }
        return apply(dmi?.take(messages) ?? [])
    }

    /// What is to be said of models that have changed and that mappers are not told of: EdgeCore sends a model with a
    /// change of a Device only.
    func remarks(about changed: [DeviceModel]) -> [EdgeEffect] {
        guard let dmi else { return [] }
        return changed.compactMap { model in
            let id = dmi.version.id(model.id)
            let isUsed = present.values.contains { CachedDevice($0, dmi.version).modelID == id }
            guard isUsed, dmi.storedModels[id]?.message != DMIDeviceModel(model, id: id) else { return nil }
            let moment = dmi.version.echoesReports ? "report or change" : "change"
            return .line(
                .trouble(
                    "model '\(id)' has changed and is not sent by itself, as EdgeCore does it: it goes out with the next "
                        + "\(moment) of a Device that uses it; touch that Device, or restart this edge, to have it now"
                )
            )
        }
    }

    private func model(of device: CachedDevice, _ version: EdgeCoreDMIVersion) -> CachedModel? {
        models.first { version.id($0.id) == device.modelID }.map { model in
            CachedModel(model, protocolName: device.protocolName, version)
        }
    }

    private func isUsed(_ modelID: DeviceID, besides id: DeviceID, _ version: EdgeCoreDMIVersion) -> Bool {
        present.values.contains { other in
            other.id != id && other.modelName == modelID.name && version.id(other.id).namespace == modelID.namespace
        }
    }

    private mutating func conclude<Response>(
        _ answer: DMIAnswer<Response>,
        _ request: UpstreamRequest
    ) -> (Result<Response, DMIRefusal>, [EdgeEffect]) {
        let refusal: DMIRefusal? = if case .failure(let refusal) = answer.result { refusal } else { nil }
        var effects = [EdgeEffect.asked(request, refusal)] + apply(answer.effects)
        if case .crash(let reason) = refusal {
            effects += [.output(.crash(reason: reason))] + restart()
        }
        return (answer.result, effects)
    }

    private mutating func apply(_ effects: [DMIEffect]) -> [EdgeEffect] {
        effects.flatMap { effect -> [EdgeEffect] in
            switch effect {
            case .twin(let topic, let payload): receive(topic: topic, payload: payload)
            case .call(let call): [.call(call)]
            case .line(let line): [.line(line)]
            }
        }
    }

    private static func noDMI<Response>() -> (Result<Response, DMIRefusal>, [EdgeEffect]) {
        (.failure(.unimplemented("DMI is not served")), [])
    }
}
