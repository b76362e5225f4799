// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import MapperDMI
import MapperKit
import SwiftProtobuf

/// The DMI worker: one message of the cloud after the other.
extension EdgeCoreDMI {
    /// Takes messages of the cloud, which are stored at once and worked off when it is their turn.
    mutating func take(_ messages: [CloudMessage]) -> [DMIEffect] {
        for message in messages { store(message) }
        self.messages += messages
        return advance()
    }

    /// The mapper has answered, or not.
    /// - Parameter failure: Why the call failed; `nil` when it did not.
    mutating func callEnded(_ id: Int, _ failure: String?) -> [DMIEffect] {
        // A call from before a restart concerns nobody any more.
        guard let (message, call) = current, call.id == id else { return [] }
        current = nil
        let line = EdgeLine.called(call.request.description, protocolName: call.protocolName, failure: failure)
        if failure == nil { finish(message) }
        return [.line(line)] + advance()
    }

    /// CloudCore's answer to a reported value, in the versions in which it sends one.
    /// - Parameter models: The cluster's models: what goes out is the model as it is there now.
    mutating func echo(_ id: DeviceID, models: [DeviceModel]) -> [DMIEffect] {
        guard version.echoesReports, let device = storedDevices[id],
            let object = models.first(where: { version.id($0.id) == device.modelID })
        else { return [] }
        let model = CachedModel(object, protocolName: device.protocolName, version)
        // One is enough for as many reports as come while a mapper is slow.
        guard !messages.contains(.updateDevice(device)) else { return [] }
        return take([.updateModel(model), .updateDevice(device)])
    }

    private mutating func store(_ message: CloudMessage) {
        switch message {
        case .insertModel(let model), .updateModel(let model): storedModels[model.id] = model
        case .removeModel(let id): storedModels[id] = nil
        case .insertDevice(let device), .updateDevice(let device): storedDevices[device.id] = device
        case .removeDevice(let id): storedDevices[id] = nil
        }
    }

    private mutating func advance() -> [DMIEffect] {
        var effects: [DMIEffect] = []
        while current == nil, !messages.isEmpty { effects += work(messages.removeFirst()) }
        return effects
    }

    /// Puts a message in the cache, then tells the mapper.
    ///
    /// Whatever is to go away does so when the mapper has agreed.
    private mutating func work(_ message: CloudMessage) -> [DMIEffect] {
        switch message {
        case .insertModel(let model), .updateModel(let model):
            models[model.id] = model
            return call(request(message, model.message), model.protocolName, message)
        case .removeModel(let id):
            guard let model = models[id] else { return [] }
            var request = DMIRemoveDeviceModelRequest()
            request.modelName = id.name
            request.modelNamespace = id.namespace ?? ""
            return call(.removeDeviceModel(request), model.protocolName, message)
        case .insertDevice(let device), .updateDevice(let device):
            let before = devices.updateValue(device, forKey: device.id)
            if version.comparesDevices, case .updateDevice = message, before == device { return [] }
            return deliver(device, message)
        case .removeDevice(let id):
            guard let device = devices[id] else { return [] }
            var request = DMIRemoveDeviceRequest()
            request.deviceName = id.name
            request.deviceNamespace = id.namespace ?? ""
            return call(.removeDevice(request), device.protocolName, message)
        }
    }

    private mutating func deliver(_ device: CachedDevice, _ message: CloudMessage) -> [DMIEffect] {
        switch deliverable(device) {
        case .failure(let error): [.line(.trouble("\(device.id) is not delivered: \(error.reason)"))]
        case .success(let (content, _)): call(request(message, content), device.protocolName, message)
        }
    }

    private func request(_ message: CloudMessage, _ model: DMIDeviceModel) -> DownstreamRequest {
        if case .insertModel = message { return .createDeviceModel(.with { $0.model = model }) }
        return .updateDeviceModel(.with { $0.model = model })
    }

    private func request(_ message: CloudMessage, _ device: DMIDevice) -> DownstreamRequest {
        if case .insertDevice = message { return .registerDevice(.with { $0.device = device }) }
        return .updateDevice(.with { $0.device = device })
    }

    private mutating func call(
        _ request: DownstreamRequest,
        _ protocolName: String,
        _ message: CloudMessage
    ) -> [DMIEffect] {
        guard let mapper = clients[protocolName] else {
            return [.line(.unreached(request.description, protocolName: protocolName))]
        }
        lastCallID += 1
        let call = DownstreamCall(id: lastCallID, protocolName: protocolName, address: mapper.path, request: request)
        current = (message, call)
        return [.call(call)]
    }

    private mutating func finish(_ message: CloudMessage) {
        switch message {
        case .removeModel(let id): models[id] = nil
        case .removeDevice(let id): devices[id] = nil
        case .insertModel, .updateModel, .insertDevice, .updateDevice: break
        }
    }
}
