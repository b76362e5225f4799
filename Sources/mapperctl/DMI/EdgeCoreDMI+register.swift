// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import MapperDMI
import MapperKit

extension EdgeCoreDMI {
    /// A mapper makes itself known.
    mutating func register(
        _ request: DMIMapperRegisterRequest,
        at now: Duration
    ) -> DMIAnswer<DMIMapperRegisterResponse> {
        let mapper = request.mapper
        let isAllowed = bucket?.take(at: now) ?? true
        guard request.hasMapper else {
            return DMIAnswer(.crash("MapperRegister without 'mapper'"))
        }
        guard isAllowed else {
            return DMIAnswer(.error("fail to register mapper because of too many request: \(mapper.name)"))
        }
        guard !mapper.protocol.isEmpty else {
            return DMIAnswer(.error("fail to register mapper \(mapper.name) because the protocol is nil"))
        }
        mappers[mapper.name] = mapper
        guard request.withData else {
            let line = EdgeLine.trouble(
                "mapper '\(mapper.name)' registered without data: EdgeCore will not call it back"
            )
            return DMIAnswer(DMIMapperRegisterResponse(), [.line(line)])
        }
        let (response, left) = lists(for: mapper.protocol)
        let effects = left + connect(mapper, response.deviceList.count) + misspelt(mapper.protocol)
        return DMIAnswer(response, effects)
    }

    /// Says which devices a mapper does not get because their protocol's name is written in another way.
    private func misspelt(_ protocolName: String) -> [DMIEffect] {
        devices.values.sorted { $0.id < $1.id }.compactMap { device in
            let name = device.protocolName
            guard name != protocolName, name.lowercased() == protocolName.lowercased() else { return nil }
            let text =
                "\(device.id) is not delivered to the mapper for '\(protocolName)': its protocolName is '\(name)', and "
                + "names are compared letter for letter"
            return .line(.trouble(text))
        }
    }

    /// The devices of a protocol, and for each its model.
    private func lists(for protocolName: String) -> (DMIMapperRegisterResponse, [DMIEffect]) {
        var response = DMIMapperRegisterResponse()
        var left: [DMIEffect] = []
        for device in devices.values.sorted(by: { $0.id < $1.id }) where device.protocolName == protocolName {
            switch deliverable(device) {
            case .success(let (message, model)):
                response.deviceList.append(message)
                response.modelList.append(model)
            case .failure(let error): left.append(.line(.trouble("\(device.id) is left out: \(error.reason)")))
            }
        }
        return (response, left)
    }

    /// There is one client for a protocol, whoever asked for it first.
    private mutating func connect(_ mapper: DMIMapperInfo, _ count: Int) -> [DMIEffect] {
        let address = mapper.path
        var effects: [DMIEffect] = []
        if let other = clients[mapper.protocol], other.name != mapper.name || other.path != address {
            let text =
                "mapper '\(mapper.name)' at \(address) takes over protocol '\(mapper.protocol)' from '\(other.name)' at "
                + "\(other.path), which will not be called any more"
            effects.append(.line(.trouble(text)))
        }
        clients[mapper.protocol] = mapper
        effects.append(
            .line(.registered(mapper: mapper.name, protocolName: mapper.protocol, address: address, devices: count))
        )
        return effects
    }

    /// A device's message and its model's, or why there is none.
    func deliverable(_ device: CachedDevice) -> Result<(DMIDevice, DMIDeviceModel), DMIConversionError> {
        switch device.content {
        case .unusable(let reason): return .failure(DMIConversionError(reason: reason))
        case .message(let message):
            guard let model = models[device.modelID] else {
                return .failure(DMIConversionError(reason: "there is no model '\(device.modelID)'"))
            }
            return .success((message, model.message))
        }
    }
}

extension DMIMapperInfo {
    /// The address as text.
    var path: String { String(decoding: address, as: UTF8.self) }
}
