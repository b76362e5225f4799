// MapperKit, device mappers for KubeEdge.
// SPDX-License-Identifier: Apache-2.0

extension DeviceTwin {
    /// Answers `twin/get` with all twins of the device.
    func getTwins(of device: String, _ payload: [UInt8]) -> Output {
        let topic = deviceTopic(device, "twin/get/result")
        let request: WireHeader
        do throws(GoJSONError) {
            request = try WireHeader(parsing: payload)
        } catch {
            let text = String(decoding: payload, as: UTF8.self)
            let reason = "Unmarshal twin info \(text) failed , err: \(error.goText)"
            return refusal(topic, eventID: "", code: 400, reason)
        }
        guard let store = stores[device] else {
            let reason = "Device \(device) not found while getting twin"
            return refusal(topic, eventID: request.eventID, code: 404, reason)
        }
        let twins = store.twins.filter { !$0.value.isDeleted }.mapValues(\.withoutVersions.json)
        let header = WireHeader(eventID: request.eventID, timestamp: now)
        return .mqtt(topic: topic, payload: header.message([("twin", .map(twins))]))
    }

    /// Answers `membership/get` with the node's devices, without their twins.
    func getMembership(_ payload: [UInt8]) -> Output {
        let topic = nodeTopic("membership/get/result")
        do throws(GoJSONError) {
            let request = try WireHeader(parsing: payload)
            let header = WireHeader(eventID: request.eventID, timestamp: now)
            let devices = stores.sorted { $0.key < $1.key }.map { _, store in
                var device = store.device
                device.attributes = store.attributes.mapValues { $0 }
                return device.json
            }
            return .mqtt(topic: topic, payload: header.message([("devices", .array(devices))]))
        } catch {
            let text = String(decoding: payload, as: UTF8.self)
            let reason = "Unmarshal get membership info \(text) failed , err: \(error.goText)"
            return refusal(topic, eventID: "", code: 400, reason)
        }
    }
}
